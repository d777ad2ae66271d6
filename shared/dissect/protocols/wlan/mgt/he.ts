/** Elements of 802.11ax (HE), and others that are told apart by an extension of their number (IEEE 802.11ax-2021 §9.4.2.248 onwards). */
import { readUintLe } from '../../../../bytes/reader.ts';
import { takeBits } from '../bits.ts';
import { sharedFields } from '../../../define.ts';
import type { FieldInfo } from '../../../field.ts';
import type { Layer } from '../../../layer.ts';
import { bits, each, element, group, least, rest, restIfAny, sized, word, takeParts } from './parts.ts';
import type { Elements, Take } from './parts.ts';

export const heFields = () => sharedFields('wlan', {
  'ext_tag.he_mac_caps': { type: 'u48le', label: 'HE MAC Capabilities Information', base: 'hex' },
  'ext_tag.he_mac_cap.htc_he_support': { type: 'bool', label: '+HTC HE Support', of: 'ext_tag.he_mac_caps', mask: 0x1, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.twt_req_support': { type: 'bool', label: 'TWT Requester Support', of: 'ext_tag.he_mac_caps', mask: 0x2, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.twt_rsp_support': { type: 'bool', label: 'TWT Responder Support', of: 'ext_tag.he_mac_caps', mask: 0x4, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.dynamic_fragmentation_support': { type: 'u48le', label: 'Dynamic Fragmentation Support', of: 'ext_tag.he_mac_caps', mask: 0x18 },
  'ext_tag.he_mac_cap.max_frag_msdus': { type: 'u48le', label: 'Maximum Number of Fragmented MSDUs', of: 'ext_tag.he_mac_caps', mask: 0xe0 },
  'ext_tag.he_mac_cap.min_frag_size': { type: 'u48le', label: 'Minimum Fragment Size', of: 'ext_tag.he_mac_caps', mask: 0x300 },
  'ext_tag.he_mac_cap.reserved_bits_5_7': { type: 'u48le', label: 'Reserved', base: 'hex', of: 'ext_tag.he_mac_caps', mask: 0xe0 },
  'ext_tag.he_mac_cap.reserved_bits_8_9': { type: 'u48le', label: 'Reserved', base: 'hex', of: 'ext_tag.he_mac_caps', mask: 0x300 },
  'ext_tag.he_mac_cap.trig_frm_mac_padding_dur': { type: 'u48le', label: 'Trigger Frame MAC Padding Duration', of: 'ext_tag.he_mac_caps', mask: 0xc00 },
  'ext_tag.he_mac_cap.multi_tid_agg_rx_support': { type: 'u48le', label: 'Multi-TID Aggregation Rx Support', of: 'ext_tag.he_mac_caps', mask: 0x7000 },
  'ext_tag.he_mac_cap.reserved_bits_15_16': { type: 'u48le', label: 'Reserved', base: 'hex', of: 'ext_tag.he_mac_caps', mask: 0x18000 },
  'ext_tag.he_mac_cap.he_link_adaptation_support': { type: 'u48le', label: 'HE Link Adaptation Support', of: 'ext_tag.he_mac_caps', mask: 0x18000, names: { 0: 'No feedback if the STA does not provide HE MFB', 1: 'Reserved', 2: 'Unsolicited', 3: 'Both' } },
  'ext_tag.he_mac_cap.all_ack_support': { type: 'bool', label: 'All Ack Support', of: 'ext_tag.he_mac_caps', mask: 0x20000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.reserved_bit_18': { type: 'u48le', label: 'Reserved', base: 'hex', of: 'ext_tag.he_mac_caps', mask: 0x40000 },
  'ext_tag.he_mac_cap.Trs_support': { type: 'bool', label: 'TRS Support', of: 'ext_tag.he_mac_caps', mask: 0x40000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.reserved_bit_19': { type: 'u48le', label: 'Reserved', base: 'hex', of: 'ext_tag.he_mac_caps', mask: 0x80000 },
  'ext_tag.he_mac_cap.bsr_support': { type: 'bool', label: 'BSR Support', of: 'ext_tag.he_mac_caps', mask: 0x80000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.broadcast_twt_support': { type: 'bool', label: 'Broadcast TWT Support', of: 'ext_tag.he_mac_caps', mask: 0x100000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.32_bit_ba_bitmap_support': { type: 'bool', label: '32-bit BA Bitmap Support', of: 'ext_tag.he_mac_caps', mask: 0x200000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.mu_cascading_support': { type: 'bool', label: 'MU Cascading Support', of: 'ext_tag.he_mac_caps', mask: 0x400000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.ack_enabled_agg_support': { type: 'bool', label: 'Ack-Enabled Aggregation Support', of: 'ext_tag.he_mac_caps', mask: 0x800000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.reserved_b24': { type: 'u48le', label: 'Reserved', base: 'hex', of: 'ext_tag.he_mac_caps', mask: 0x1000000 },
  'ext_tag.he_mac_cap.reserved_bit_25': { type: 'u48le', label: 'Reserved', base: 'hex', of: 'ext_tag.he_mac_caps', mask: 0x2000000 },
  'ext_tag.he_mac_cap.om_control_support': { type: 'bool', label: 'OM Control Support', of: 'ext_tag.he_mac_caps', mask: 0x2000000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.ofdma_ra_support': { type: 'bool', label: 'OFDMA RA Support', of: 'ext_tag.he_mac_caps', mask: 0x4000000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.max_a_mpdu_len_exp_ext': { type: 'u48le', label: 'Maximum A-MPDU Length Exponent Extension', of: 'ext_tag.he_mac_caps', mask: 0x18000000 },
  'ext_tag.he_mac_cap.a_msdu_frag_support': { type: 'bool', label: 'A-MSDU Fragmentation Support', of: 'ext_tag.he_mac_caps', mask: 0x20000000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.reserved_bit_29': { type: 'u48le', label: 'Reserved', base: 'hex', of: 'ext_tag.he_mac_caps', mask: 0x20000000 },
  'ext_tag.he_mac_cap.flexible_twt_sched_support': { type: 'bool', label: 'Flexible TWT Schedule Support', of: 'ext_tag.he_mac_caps', mask: 0x40000000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.rx_ctl_frm_multibss': { type: 'bool', label: 'Rx Control Frame to MultiBSS', of: 'ext_tag.he_mac_caps', mask: 0x80000000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.bsrp_bqrp_a_mpdu_agg': { type: 'bool', label: 'BSRP BQRP A-MPDU Aggregation', of: 'ext_tag.he_mac_caps', mask: 0x100000000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.qtp_support': { type: 'bool', label: 'QTP Support', of: 'ext_tag.he_mac_caps', mask: 0x200000000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.reserved_bit_34': { type: 'u48le', label: 'Reserved', base: 'hex', of: 'ext_tag.he_mac_caps', mask: 0x400000000 },
  'ext_tag.he_mac_cap.bqr_support': { type: 'bool', label: 'BQR Support', of: 'ext_tag.he_mac_caps', mask: 0x400000000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.psr_responder': { type: 'bool', label: 'PSR Responder', of: 'ext_tag.he_mac_caps', mask: 0x800000000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.ndp_feedback_report_support': { type: 'bool', label: 'NDP Feedback Report Support', of: 'ext_tag.he_mac_caps', mask: 0x1000000000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.ops_support': { type: 'bool', label: 'OPS Support', of: 'ext_tag.he_mac_caps', mask: 0x2000000000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.a_msdu_in_a_mpdu_support': { type: 'bool', label: 'A-MSDU Not Under BA in Ack-Enabled A-MPDU Support', of: 'ext_tag.he_mac_caps', mask: 0x4000000000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.multi_tid_agg_tx_support': { type: 'u48le', label: 'Multi-TID Aggregation Tx Support', of: 'ext_tag.he_mac_caps', mask: 0x38000000000 },
  'ext_tag.he_mac_cap.subchannel_selective_xmit_support': { type: 'bool', label: 'HE Subchannel Selective Transmission Support', of: 'ext_tag.he_mac_caps', mask: 0x40000000000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.ul_2_996_tone_ru_support': { type: 'bool', label: 'UL 2x996-tone RU Support', of: 'ext_tag.he_mac_caps', mask: 0x80000000000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_mac_cap.om_cntl_ul_mu_data_disable_rx_support': { type: 'bool', label: 'OM Control UL MU Data Disable RX Support', of: 'ext_tag.he_mac_caps', mask: 0x100000000000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_dynamic_sm_power_save': { type: 'bool', label: 'HE Dynamic SM Power Save', of: 'ext_tag.he_mac_caps', mask: 0x200000000000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_punctured_sounding_support': { type: 'bool', label: 'Punctured Sounding Support', of: 'ext_tag.he_mac_caps', mask: 0x400000000000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_ht_and_vht_trigger_frame_rx_support': { type: 'bool', label: 'HT And VHT Trigger Frame RX Support', of: 'ext_tag.he_mac_caps', mask: 0x800000000000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.reserved_b0': { type: 'u8', label: 'Reserved', base: 'hex', mask: 0x1 },
  'ext_tag.he_phy_cap.fbyte.reserved_b0': { type: 'u8', label: 'Reserved', base: 'hex', mask: 0x1 },
  'ext_tag.he_phy_cap.fbytes': { type: 'u8', label: 'Channel Width Set', base: 'hex', mask: 0xfe },
  'ext_tag.he_phy_cap.chan_width_set.40mhz_in_2_4ghz': { type: 'bool', label: '40 MHz in 2.4 GHz band', mask: 0x2, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.chan_width_set.40_80_in_5ghz': { type: 'bool', label: '40 & 80 MHz in the 5 GHz and 6 GHz bands', mask: 0x4, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.chan_width_set.160_in_5ghz': { type: 'bool', label: '160 MHz in the 5 GHz and 6 GHz bands', mask: 0x8, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.chan_width_set.160_80_80_in_5ghz': { type: 'bool', label: '160/80+80 MHz in the 5 GHz and 6 GHz bands', mask: 0x10, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.chan_width_set.242_tone_in_2_4ghz': { type: 'bool', label: '242 tone RUs in the 2.4 GHz band', mask: 0x20, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.chan_width_set.242_tone_in_5ghz': { type: 'bool', label: '242 tone RUs in the 5 GHz and 6 GHz bands', mask: 0x40, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.chan_width_set.reserved': { type: 'u8', label: 'Reserved', base: 'hex', mask: 0x80 },
  'ext_tag.he_phy_cap.bits_8_to_23': { type: 'u16le', label: 'Bits 8 to 23', base: 'hex' },
  'ext_tag.he_phy_cap.punc_preamble_rx': { type: 'u16le', label: 'Punctured Preamble Rx', base: 'hex', of: 'ext_tag.he_phy_cap.bits_8_to_23', mask: 0xf },
  'ext_tag.he_phy_cap.device_class': { type: 'u16le', label: 'Device Class', base: 'hex', of: 'ext_tag.he_phy_cap.bits_8_to_23', mask: 0x10, names: { 0: 'Class B Device', 1: 'Class A Device' } },
  'ext_tag.he_phy_cap.ldpc_coding_in_payload': { type: 'bool', label: 'LDPC Coding In Payload', of: 'ext_tag.he_phy_cap.bits_8_to_23', mask: 0x20, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.he_su_ppdu_with_1x_he_ltf_08us': { type: 'bool', label: 'HE SU PPDU With 1x HE-LTF And 0.8us GI', of: 'ext_tag.he_phy_cap.bits_8_to_23', mask: 0x40, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.midamble_tx_rx_max_nsts': { type: 'u16le', label: 'Midamble Tx/Rx Max NSTS', base: 'hex', of: 'ext_tag.he_phy_cap.bits_8_to_23', mask: 0x180, names: { 0: '1 Space-Time Stream', 1: '2 Space-Time Streams', 2: '3 Space-Time Streams', 3: '4 Space-Time Streams' } },
  'ext_tag.he_phy_cap.ndp_with_4x_he_ltf_4x_3.2us': { type: 'bool', label: 'NDP With 4x HE-LTF and 3.2us GI', of: 'ext_tag.he_phy_cap.bits_8_to_23', mask: 0x200, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.stbc_tx_lt_80mhz': { type: 'bool', label: 'STBC Tx <= 80 MHz', of: 'ext_tag.he_phy_cap.bits_8_to_23', mask: 0x400, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.stbc_rx_lt_80mhz': { type: 'bool', label: 'STBC Rx <= 80 MHz', of: 'ext_tag.he_phy_cap.bits_8_to_23', mask: 0x800, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.doppler_tx': { type: 'bool', label: 'Doppler Tx', of: 'ext_tag.he_phy_cap.bits_8_to_23', mask: 0x1000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.doppler_rx': { type: 'bool', label: 'Doppler Rx', of: 'ext_tag.he_phy_cap.bits_8_to_23', mask: 0x2000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.full_bw_ul_mu_mimo': { type: 'bool', label: 'Full Bandwidth UL MU-MIMO', of: 'ext_tag.he_phy_cap.bits_8_to_23', mask: 0x4000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.partial_bw_ul_mu_mimo': { type: 'bool', label: 'Partial Bandwidth UL MU-MIMO', of: 'ext_tag.he_phy_cap.bits_8_to_23', mask: 0x8000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.bits_24_to_39': { type: 'u16le', label: 'Bits 24 to 39', base: 'hex' },
  'ext_tag.he_phy_cap.dcm_max_const_tx': { type: 'u16le', label: 'DCM Max Constellation Tx', base: 'hex', of: 'ext_tag.he_phy_cap.bits_24_to_39', mask: 0x3, names: { 0: 'DCM is not supported', 1: 'BPSK', 2: 'QPSK', 3: '16-QAM' } },
  'ext_tag.he_phy_cap.dcm_max_nss_tx': { type: 'u16le', label: 'DCM Max NSS Tx', base: 'hex', of: 'ext_tag.he_phy_cap.bits_24_to_39', mask: 0x4, names: { 0: '1 Spatial Stream', 1: '2 Spatial Streams' } },
  'ext_tag.he_phy_cap.dcm_max_const_rx': { type: 'u16le', label: 'DCM Max Constellation Rx', base: 'hex', of: 'ext_tag.he_phy_cap.bits_24_to_39', mask: 0x18, names: { 0: 'DCM is not supported', 1: 'BPSK', 2: 'QPSK', 3: '16-QAM' } },
  'ext_tag.he_phy_cap.rx_partial_bw_su_20mhz_he_mu_ppdu': { type: 'bool', label: 'Rx Partial BW SU In 20 MHz HE MU PPDU', of: 'ext_tag.he_phy_cap.bits_24_to_39', mask: 0x40, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.su_beamformer': { type: 'bool', label: 'SU Beamformer', of: 'ext_tag.he_phy_cap.bits_24_to_39', mask: 0x80, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.su_beamformee': { type: 'bool', label: 'SU Beamformee', of: 'ext_tag.he_phy_cap.bits_24_to_39', mask: 0x100, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.mu_beamformer': { type: 'bool', label: 'MU Beamformer', of: 'ext_tag.he_phy_cap.bits_24_to_39', mask: 0x200, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.beamformee_sts_lte_80mhz': { type: 'u16le', label: 'Beamformee STS <= 80 MHz', base: 'hex', of: 'ext_tag.he_phy_cap.bits_24_to_39', mask: 0x1c00 },
  'ext_tag.he_phy_cap.beamformee_sts_gt_80mhz': { type: 'u16le', label: 'Beamformee STS > 80 MHz', base: 'hex', of: 'ext_tag.he_phy_cap.bits_24_to_39', mask: 0xe000 },
  'ext_tag.he_phy_cap.bits_40_to_55': { type: 'u16le', label: 'Bits 40 to 55', base: 'hex' },
  'ext_tag.he_phy_cap.no_sounding_dims_lte_80': { type: 'u16le', label: 'Number Of Sounding Dimensions <= 80 MHz', of: 'ext_tag.he_phy_cap.bits_40_to_55', mask: 0x7 },
  'ext_tag.he_phy_cap.no_sounding_dims_gt_80': { type: 'u16le', label: 'Number Of Sounding Dimensions > 80 MHz', of: 'ext_tag.he_phy_cap.bits_40_to_55', mask: 0x38 },
  'ext_tag.he_phy_cap.ng_eq_16_su_fb': { type: 'bool', label: 'Ng = 16 SU Feedback', of: 'ext_tag.he_phy_cap.bits_40_to_55', mask: 0x40, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.ng_eq_16_mu_fb': { type: 'bool', label: 'Ng = 16 MU Feedback', of: 'ext_tag.he_phy_cap.bits_40_to_55', mask: 0x80, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.codebook_size_su_fb': { type: 'bool', label: 'Codebook Size SU Feedback', of: 'ext_tag.he_phy_cap.bits_40_to_55', mask: 0x100, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.codebook_size_mu_fb': { type: 'bool', label: 'Codebook Size MU Feedback', of: 'ext_tag.he_phy_cap.bits_40_to_55', mask: 0x200, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.trig_su_bf_fb': { type: 'bool', label: 'Triggered SU Beamforming Feedback', of: 'ext_tag.he_phy_cap.bits_40_to_55', mask: 0x400, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.trig_mu_bf_fb': { type: 'bool', label: 'Triggered MU Beamforming Feedback', of: 'ext_tag.he_phy_cap.bits_40_to_55', mask: 0x800, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.trig_cqi_fb': { type: 'bool', label: 'Triggered CQI Feedback', of: 'ext_tag.he_phy_cap.bits_40_to_55', mask: 0x1000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.partial_bw_er': { type: 'bool', label: 'Partial Bandwidth Extended Range', of: 'ext_tag.he_phy_cap.bits_40_to_55', mask: 0x2000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.partial_bw_dl_mu_mimo': { type: 'bool', label: 'Partial Bandwidth DL MU-MIMO', of: 'ext_tag.he_phy_cap.bits_40_to_55', mask: 0x4000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.ppe_thres_present': { type: 'bool', label: 'PPE Thresholds Present', of: 'ext_tag.he_phy_cap.bits_40_to_55', mask: 0x8000 },
  'ext_tag.he_phy_cap.bits_56_to_71': { type: 'u16le', label: 'Bits 56 to 71', base: 'hex' },
  'ext_tag.he_phy_cap.psr_based_sr_sup': { type: 'bool', label: 'PSR-based SR Support', of: 'ext_tag.he_phy_cap.bits_56_to_71', mask: 0x1, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.pwr_bst_factor_ar_sup': { type: 'bool', label: 'Power Boost Factor ar Support', of: 'ext_tag.he_phy_cap.bits_56_to_71', mask: 0x2, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.he_su_ppdu_etc_gi': { type: 'bool', label: 'HE SU PPDU And HE MU PPDU With 4x HE-LTF And 0.8us GI', of: 'ext_tag.he_phy_cap.bits_56_to_71', mask: 0x4, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.max_nc': { type: 'bool', label: 'Max Nc', of: 'ext_tag.he_phy_cap.bits_56_to_71', mask: 0x38, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.stbc_tx_gt_80_mhz': { type: 'bool', label: 'STBC Tx > 80 MHz', of: 'ext_tag.he_phy_cap.bits_56_to_71', mask: 0x40, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.stbc_rx_gt_80_mhz': { type: 'bool', label: 'STBC Rx > 80 MHz', of: 'ext_tag.he_phy_cap.bits_56_to_71', mask: 0x80, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.he_er_su_ppdu_4xxx_gi': { type: 'bool', label: 'HE ER SU PPDU With 4x HE-LTF And 0.8us GI', of: 'ext_tag.he_phy_cap.bits_56_to_71', mask: 0x100, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.20_mhz_in_40_in_2_4ghz': { type: 'bool', label: '20 MHz In 40 MHz HE PPDU In 2.4 GHz Band', of: 'ext_tag.he_phy_cap.bits_56_to_71', mask: 0x200, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.20_mhz_in_160_80p80_ppdu': { type: 'bool', label: '20 MHz In 160/80+80 MHz HE PPDU', of: 'ext_tag.he_phy_cap.bits_56_to_71', mask: 0x400, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.80_mhz_in_160_80p80_ppdu': { type: 'bool', label: '80 MHz In 160/80+80 MHz HE PPDU', of: 'ext_tag.he_phy_cap.bits_56_to_71', mask: 0x800, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.he_er_su_ppdu_1xxx_gi': { type: 'bool', label: 'HE ER SU PPDU With 1x HE-LTF And 0.8us GI', of: 'ext_tag.he_phy_cap.bits_56_to_71', mask: 0x1000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.midamble_tx_rx_2x_1x_he_ltf': { type: 'bool', label: 'Midamble Tx/Rx 2x And 1x HE-LTF', of: 'ext_tag.he_phy_cap.bits_56_to_71', mask: 0x2000, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.dcm_max_ru': { type: 'u16le', label: 'DCM Max RU', base: 'hex', of: 'ext_tag.he_phy_cap.bits_56_to_71', mask: 0xc000, names: { 0: '242-tone RU', 1: '484-tone RU', 2: '996-tone RU', 3: '2x996-tone RU' } },
  'ext_tag.he_phy_cap.bits_72_to_87': { type: 'u16le', label: 'Bits 72 to 87', base: 'hex' },
  'ext_tag.he_phy_cap.longer_than_16_he_sigb_ofdm_sym_support': { type: 'bool', label: 'Longer Than 16 HE SIG-B OFDM Symbols Support', of: 'ext_tag.he_phy_cap.bits_72_to_87', mask: 0x1, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.non_triggered_feedback': { type: 'bool', label: 'Non-Triggered CQI Feedback', of: 'ext_tag.he_phy_cap.bits_72_to_87', mask: 0x2, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.tx_1024_qam_support_lt_242_tone_ru': { type: 'bool', label: 'Tx 1024-QAM Support < 242-tone RU Support', of: 'ext_tag.he_phy_cap.bits_72_to_87', mask: 0x4, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.rx_1024_qam_support_lt_242_tone_ru': { type: 'bool', label: 'Rx 1024-QAM Support < 242-tone RU Support', of: 'ext_tag.he_phy_cap.bits_72_to_87', mask: 0x8, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.rx_full_bw_su_using_he_mu_ppdu_with_compressed_sigb': { type: 'bool', label: 'Rx Full BW SU Using HE MU PPDU With Compressed HE-SIG-B', of: 'ext_tag.he_phy_cap.bits_72_to_87', mask: 0x10, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.rx_full_bw_su_using_he_mu_ppdu_with_non_compressed_sigb': { type: 'bool', label: 'Rx Full BW SU Using HE MU PPDU With Non-Compressed HE-SIG-B', of: 'ext_tag.he_phy_cap.bits_72_to_87', mask: 0x20, states: ['Supported', 'Not supported'] },
  'ext_tag.he_phy_cap.nominal_packet_padding': { type: 'u16le', label: 'Nominal Packet Padding', of: 'ext_tag.he_phy_cap.bits_72_to_87', mask: 0xc0, names: { 0: '0 µs for all constellations, Nss and RU allocations', 1: '8 µs for all constellations, Nss and RU allocations', 2: '16 µs for all constellations, Nss and RU allocations', 3: 'Reserved' } },
  'ext_tag.he_phy_cap.he_mu_ppdu_ru_rx_max': { type: 'u16le', label: 'HE MU PPDU With More Than One RU Rx Max N_HE-LTF', of: 'ext_tag.he_phy_cap.bits_72_to_87', mask: 0x100 },
  'ext_tag.he_phy_cap.reserved_b81_b87': { type: 'u16le', label: 'Reserved', base: 'hex', of: 'ext_tag.he_phy_cap.bits_72_to_87', mask: 0xfe00 },
  'ext_tag.he_mcs_map.rx_he_mcs_map_lte_80': { type: 'u16le', label: 'Rx HE-MCS Map <= 80 MHz', base: 'hex' },
  'ext_tag.he_mcs_map.max_he_mcs_80_rx_1_ss': { type: 'u16le', label: 'Max HE-MCS for 1 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_lte_80', mask: 0x3, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80_rx_2_ss': { type: 'u16le', label: 'Max HE-MCS for 2 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_lte_80', mask: 0xc, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80_rx_3_ss': { type: 'u16le', label: 'Max HE-MCS for 3 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_lte_80', mask: 0x30, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80_rx_4_ss': { type: 'u16le', label: 'Max HE-MCS for 4 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_lte_80', mask: 0xc0, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80_rx_5_ss': { type: 'u16le', label: 'Max HE-MCS for 5 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_lte_80', mask: 0x300, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80_rx_6_ss': { type: 'u16le', label: 'Max HE-MCS for 6 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_lte_80', mask: 0xc00, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80_rx_7_ss': { type: 'u16le', label: 'Max HE-MCS for 7 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_lte_80', mask: 0x3000, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80_rx_8_ss': { type: 'u16le', label: 'Max HE-MCS for 8 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_lte_80', mask: 0xc000, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.tx_he_mcs_map_lte_80': { type: 'u16le', label: 'Tx HE-MCS Map <= 80 MHz', base: 'hex' },
  'ext_tag.he_mcs_map.max_he_mcs_80_tx_1_ss': { type: 'u16le', label: 'Max HE-MCS for 1 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_lte_80', mask: 0x3, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80_tx_2_ss': { type: 'u16le', label: 'Max HE-MCS for 2 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_lte_80', mask: 0xc, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80_tx_3_ss': { type: 'u16le', label: 'Max HE-MCS for 3 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_lte_80', mask: 0x30, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80_tx_4_ss': { type: 'u16le', label: 'Max HE-MCS for 4 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_lte_80', mask: 0xc0, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80_tx_5_ss': { type: 'u16le', label: 'Max HE-MCS for 5 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_lte_80', mask: 0x300, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80_tx_6_ss': { type: 'u16le', label: 'Max HE-MCS for 6 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_lte_80', mask: 0xc00, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80_tx_7_ss': { type: 'u16le', label: 'Max HE-MCS for 7 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_lte_80', mask: 0x3000, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80_tx_8_ss': { type: 'u16le', label: 'Max HE-MCS for 8 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_lte_80', mask: 0xc000, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_ppe_thresholds.nss': { type: 'u8', label: 'NSS', mask: 0x7 },
  'ext_tag.he_ppe_thresholds.ru_index_bitmask': { type: 'u8', label: 'RU Index Bitmask', base: 'hex', mask: 0x78 },
  'ext_tag.he_ppe_thresholds.ppet16': { type: 'u8', label: 'PPET16', base: 'hex', size: 2, names: { 0: 'BPSK', 1: 'QPSK', 2: '16-QAM', 3: '64-QAM', 4: '256-QAM', 5: '1024-QAM', 6: 'Reserved', 7: 'None' } },
  'ext_tag.he_ppe_thresholds.ppet8': { type: 'u8', label: 'PPET8', base: 'hex', size: 2, names: { 0: 'BPSK', 1: 'QPSK', 2: '16-QAM', 3: '64-QAM', 4: '256-QAM', 5: '1024-QAM', 6: 'Reserved', 7: 'None' } },
  'ext_tag.he_operation.params': { type: 'u24le', label: 'HE Operation Parameters', base: 'hex' },
  'ext_tag.he_operation.default_pe_duration': { type: 'u24le', label: 'Default PE Duration', of: 'ext_tag.he_operation.params', mask: 0x7 },
  'ext_tag.he_operation.twt_required': { type: 'bool', label: 'TWT Required', of: 'ext_tag.he_operation.params', mask: 0x8, states: ['Required', 'Not required'] },
  'ext_tag.he_operation.txop_duration_rts_thresh': { type: 'u24le', label: 'TXOP Duration RTS Threshold', of: 'ext_tag.he_operation.params', mask: 0x3ff0 },
  'ext_tag.he_operation.vht_op_info_present': { type: 'bool', label: 'VHT Operation Information Present', of: 'ext_tag.he_operation.params', mask: 0x4000 },
  'ext_tag.he_operation.co_hosted_bss': { type: 'bool', label: 'Co-Hosted BSS', of: 'ext_tag.he_operation.params', mask: 0x8000 },
  'ext_tag.he_operation.er_su_disable': { type: 'bool', label: 'ER SU Disable', of: 'ext_tag.he_operation.params', mask: 0x10000 },
  'ext_tag.he_operation.6ghz_operation_information_present': { type: 'bool', label: '6 GHz Operation Information Present', of: 'ext_tag.he_operation.params', mask: 0x20000 },
  'ext_tag.he_operation.reserved_b16_b32': { type: 'u24le', label: 'Reserved', base: 'hex', of: 'ext_tag.he_operation.params', mask: 0xfc0000 },
  'ext_tag.bss_color_information': { type: 'u8', label: 'BSS Color Information', base: 'hex', help: 'A number by which stations tell frames of their own cell from those of neighbours.' },
  'ext_tag.bss_color_information.bss_color': { type: 'u8', label: 'BSS Color', base: 'hex', of: 'ext_tag.bss_color_information', mask: 0x3f },
  'ext_tag.bss_color_information.partial_bss_color': { type: 'bool', label: 'Partial BSS Color', of: 'ext_tag.bss_color_information', mask: 0x40 },
  'ext_tag.bss_color_information.bss_color_disabled': { type: 'bool', label: 'BSS Color Disabled', of: 'ext_tag.bss_color_information', mask: 0x80 },
  'ext_tag.he_operation.basic_he_mcs_and_nss': { type: 'u16le', label: 'Basic HE-MCS and NSS Set', base: 'hex' },
  'ext_tag.he_operation.max_he_mcs_for_1_ss': { type: 'u16le', label: 'Max HE-MCS for 1 SS', of: 'ext_tag.he_operation.basic_he_mcs_and_nss', mask: 0x3, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_operation.max_he_mcs_for_2_ss': { type: 'u16le', label: 'Max HE-MCS for 2 SS', of: 'ext_tag.he_operation.basic_he_mcs_and_nss', mask: 0xc, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_operation.max_he_mcs_for_3_ss': { type: 'u16le', label: 'Max HE-MCS for 3 SS', of: 'ext_tag.he_operation.basic_he_mcs_and_nss', mask: 0x30, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_operation.max_he_mcs_for_4_ss': { type: 'u16le', label: 'Max HE-MCS for 4 SS', of: 'ext_tag.he_operation.basic_he_mcs_and_nss', mask: 0xc0, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_operation.max_he_mcs_for_5_ss': { type: 'u16le', label: 'Max HE-MCS for 5 SS', of: 'ext_tag.he_operation.basic_he_mcs_and_nss', mask: 0x300, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_operation.max_he_mcs_for_6_ss': { type: 'u16le', label: 'Max HE-MCS for 6 SS', of: 'ext_tag.he_operation.basic_he_mcs_and_nss', mask: 0xc00, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_operation.max_he_mcs_for_7_ss': { type: 'u16le', label: 'Max HE-MCS for 7 SS', of: 'ext_tag.he_operation.basic_he_mcs_and_nss', mask: 0x3000, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_operation.max_he_mcs_for_8_ss': { type: 'u16le', label: 'Max HE-MCS for 8 SS', of: 'ext_tag.he_operation.basic_he_mcs_and_nss', mask: 0xc000, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_operation.vht_op_info.channel_width': { type: 'u8', label: 'Channel Width', names: { 0: '20 MHz or 40 MHz BSS Bandwidth', 1: '80 MHz, 160 MHz or 80+80 MHz BSS Bandwidth', 2: '160 MHz BSS Bandwidth (deprecated)', 3: 'Non-contiguous 80+80 MHz BSS Bandwidth (deprecated)' } },
  'ext_tag.he_operation.vht_op_info.chan_center_freq_seg_0': { type: 'u8', label: 'Channel Center Frequency Segment 0' },
  'ext_tag.he_operation.vht_op_info.chan_center_freq_seg_1': { type: 'u8', label: 'Channel Center Frequency Segment 1' },
  'ext_tag.he_operation.max_co_hosted_bssid_indicator': { type: 'u8', label: 'Max Co-Hosted BSSID Indicator' },
  'ext_tag.he_operation.6ghz.primary_channel': { type: 'u8', label: 'Primary Channel' },
  'ext_tag.he_operation.6ghz.control': { type: 'u8', label: 'Control', base: 'hex' },
  'ext_tag.he_operation.6ghz.control.channel_width': { type: 'u8', label: 'Channel Width', of: 'ext_tag.he_operation.6ghz.control', mask: 0x3, names: { 0: '20MHz', 1: '40MHZ', 2: '80MHz', 3: '160MHz or 80MHz+80MHz' } },
  'ext_tag.he_operation.6ghz.control.duplicate_beacon': { type: 'bool', label: 'Duplicate Beacon', of: 'ext_tag.he_operation.6ghz.control', mask: 0x4 },
  'ext_tag.he_operation.6ghz.control.regulatory_info': { type: 'u8', label: 'Regulatory Info', of: 'ext_tag.he_operation.6ghz.control', mask: 0x38 },
  'ext_tag.he_operation.6ghz.control.reserved': { type: 'u8', label: 'Reserved', of: 'ext_tag.he_operation.6ghz.control', mask: 0xc0 },
  'ext_tag.he_operation.6ghz.chan_center_freq_seg_0': { type: 'u8', label: 'Channel Center Frequency Segment 0' },
  'ext_tag.he_operation.6ghz.chan_center_freq_seg_1': { type: 'u8', label: 'Channel Center Frequency Segment 1' },
  'ext_tag.he_operation.6ghz.minimum_rate': { type: 'u8', label: 'Minimum Rate' },
  'ext_tag.uora_parameter_set.field': { type: 'u8', label: 'UL OFDMA-based Random Access Parameter SET', base: 'hex' },
  'ext_tag.uora_parameter_set.eocwmin': { type: 'u8', label: 'EOCWmin', of: 'ext_tag.uora_parameter_set.field', mask: 0x7 },
  'ext_tag.uora_parameter_set.eocwmax': { type: 'u8', label: 'EOCWmax', of: 'ext_tag.uora_parameter_set.field', mask: 0x38 },
  'ext_tag.uora_parameter_set.reserved': { type: 'u8', label: 'Reserved', of: 'ext_tag.uora_parameter_set.field', mask: 0xc0 },
  'fixed.qosinfo.ap': { type: 'u8', label: 'QoS Information (AP)', base: 'hex' },
  'fixed.qosinfo.ap.edcaupdate': { type: 'u8', label: 'EDCA Parameter Set Update Count', base: 'hex', of: 'fixed.qosinfo.ap', mask: 0xf },
  'fixed.qosinfo.ap.qack': { type: 'bool', label: 'Q-Ack', of: 'fixed.qosinfo.ap', mask: 0x10, states: ['APs MIB attribute dot11QAckOptionImplemented is true', 'APs MIB attribute dot11QAckOptionImplemented is false'] },
  'fixed.qosinfo.ap.queue_req': { type: 'bool', label: 'Queue Request', of: 'fixed.qosinfo.ap', mask: 0x20, states: ['AP can process a nonzero Queue Size subfield in the QoS Control field in QoS data frames', 'AP cannot process a nonzero Queue Size subfield in the QoS Control field in QoS data frames'] },
  'fixed.qosinfo.ap.txopreq': { type: 'bool', label: 'TXOP Request', of: 'fixed.qosinfo.ap', mask: 0x40, states: ['AP can process a nonzero TXOP Duration Requested subfield in the QoS Control field in QoS data frames', 'AP cannot process a nonzero TXOP Duration Requested subfield in the QoS Control field in QoS data frames'] },
  'fixed.qosinfo.ap.more_data_ack': { type: 'bool', label: 'More Data Ack', of: 'fixed.qosinfo.ap', mask: 0x80 },
  'ext_tag.mu_edca_parameter_set.aic_aifsn': { type: 'u8', label: 'AIC/AIFSN', base: 'hex' },
  'ext_tag.mu_edca_parameter_set.aifsn': { type: 'u8', label: 'AIFSN', of: 'ext_tag.mu_edca_parameter_set.aic_aifsn', mask: 0xf },
  'ext_tag.mu_edca_parameter_set.acm': { type: 'bool', label: 'Admission Control Mandatory', of: 'ext_tag.mu_edca_parameter_set.aic_aifsn', mask: 0x10, states: ['Yes', 'No'] },
  'ext_tag.mu_edca_parameter_set.aci': { type: 'u8', label: 'ACI', of: 'ext_tag.mu_edca_parameter_set.aic_aifsn', mask: 0x60, names: { 0: 'Best Effort', 1: 'Background', 2: 'Video', 3: 'Voice' } },
  'ext_tag.mu_edca_parameter_set.reserved': { type: 'u8', label: 'Reserved', of: 'ext_tag.mu_edca_parameter_set.aic_aifsn', mask: 0x80 },
  'ext_tag.mu_edca_parameter_set.ecwmin_ecwmax': { type: 'u8', label: 'ECWmin/ECWmax', base: 'hex' },
  'ext_tag.mu_edca_parameter_set.mu_edca_timer': { type: 'u8', label: 'MU EDCA Timer', base: 'hex' },
  'ext_tag.spatial_reuse.sr_control': { type: 'u8', label: 'SR Control', base: 'hex' },
  'ext_tag.spatial_reuse.sr_control.srp_dis': { type: 'bool', label: 'SRP Disallowed', of: 'ext_tag.spatial_reuse.sr_control', mask: 0x1 },
  'ext_tag.spatial_reuse.sr_control.non_srg_obss_pd_sr_dis': { type: 'bool', label: 'NON-SRG OBSS PD SR Disallowed', of: 'ext_tag.spatial_reuse.sr_control', mask: 0x2 },
  'ext_tag.spatial_reuse.sr_control.non_srg_ofs_present': { type: 'bool', label: 'Non-SRG Offset Present', of: 'ext_tag.spatial_reuse.sr_control', mask: 0x4 },
  'ext_tag.spatial_reuse.sr_control.srg_info_present': { type: 'bool', label: 'SRG Information Present', of: 'ext_tag.spatial_reuse.sr_control', mask: 0x8 },
  'ext_tag.spatial_reuse.sr_control.hesiga_val_15_allowed': { type: 'bool', label: 'HESIGA Spatial Reuse value 15 allowed', of: 'ext_tag.spatial_reuse.sr_control', mask: 0x10 },
  'ext_tag.spatial_reuse.sr_control.reserved': { type: 'u8', label: 'Reserved', base: 'hex', of: 'ext_tag.spatial_reuse.sr_control', mask: 0xe0 },
  'ext_tag.ndp_feedback.res_req_buf_thresh_exp': { type: 'u8', label: 'Resource Request Buffer Threshold Exponent' },
  'ext_tag.bss_color_change.color_switch_countdown': { type: 'u8', label: 'BSS Color Switch Countdown' },
  'ext_tag.bss_color_change.new_color_info': { type: 'u8', label: 'New BSS Color Info', base: 'hex' },
  'ext_tag.bss_color_change.new_bss_color': { type: 'u8', label: 'New BSS Color', base: 'hex', of: 'ext_tag.bss_color_change.new_color_info', mask: 0x3f },
  'ext_tag.bss_color_change.new_color_reserved': { type: 'u8', label: 'Reserved', base: 'hex', of: 'ext_tag.bss_color_change.new_color_info', mask: 0xc0 },
  'ext_tag.quiet_time_period.control': { type: 'u8', label: 'Control', base: 'hex' },
  'ext_tag.multiple_bssid_configuration.bssid_count': { type: 'u8', label: 'BSSID Count' },
  'ext_tag.multiple_bssid_configuration.full_set_rx_periodicity': { type: 'u8', label: 'Full Set Rx Periodicity' },
  'ext_tag.known_bssid.bitmap': { type: 'bytes', label: 'Bitmap' },
  'ext_tag.short_bssid': { type: 'u32', label: 'Short BSSID', base: 'hex' },
  'tag.he_6ghz.cap_inf': { type: 'u16le', label: 'Capabilities Information', base: 'hex' },
  'tag.he_6ghz.cap_inf.b0_b2': { type: 'u16le', label: 'Minimum MPDU Start Spacing', base: 'hex', of: 'tag.he_6ghz.cap_inf', mask: 0x7, names: { 0: 'No restriction', 1: '1/4 uS', 2: '1/2 uS', 3: '1 uS', 4: '2 uS', 5: '4 uS', 6: '8 uS', 7: '16 uS' } },
  'tag.he_6ghz.cap_inf.b3_b5': { type: 'u16le', label: 'Maximum A-MPDU Length Exponent', base: 'hex', of: 'tag.he_6ghz.cap_inf', mask: 0x38, names: { 0: '8 191', 1: '16 383', 2: '32 767', 3: '65 535', 4: '131 071', 5: '262 143', 6: '524 287', 7: '1 048 575' } },
  'tag.he_6ghz.cap_inf.b6_b7': { type: 'u16le', label: 'Maximum MPDU Length', base: 'hex', of: 'tag.he_6ghz.cap_inf', mask: 0xc0, names: { 0: '3 895', 1: '7 991', 2: '11 454', 3: 'Reserved' } },
  'tag.he_6ghz.cap_inf.b8': { type: 'u16le', label: 'Reserved', base: 'hex', of: 'tag.he_6ghz.cap_inf', mask: 0x100 },
  'tag.he_6ghz.cap_inf.b9b_b10': { type: 'u16le', label: 'SM Power Save', base: 'hex', of: 'tag.he_6ghz.cap_inf', mask: 0x600, names: { 0: 'Static SM Power Save mode', 1: 'Dynamic SM Power Save mode', 2: 'Reserved', 3: 'SM Power Save disabled' } },
  'tag.he_6ghz.cap_inf.b11': { type: 'bool', label: 'RD Responder', of: 'tag.he_6ghz.cap_inf', mask: 0x800, states: ['Supported', 'Not supported'] },
  'tag.he_6ghz.cap_inf.b12': { type: 'bool', label: 'Rx Antenna Pattern Consistency', of: 'tag.he_6ghz.cap_inf', mask: 0x1000, states: ['Supported', 'Not supported'] },
  'tag.he_6ghz.cap_inf.b13': { type: 'bool', label: 'Tx Antenna Pattern Consistency', of: 'tag.he_6ghz.cap_inf', mask: 0x2000, states: ['Supported', 'Not supported'] },
  'tag.he_6ghz.cap_inf.b14_b15': { type: 'u16le', label: 'Reserved', base: 'hex', of: 'tag.he_6ghz.cap_inf', mask: 0xc000 },
  'ext_tag.sae.password_identifier': { type: 'string', label: 'Password Identifier' },
  'ext_tag.owe_dh_parameter.group': { type: 'u32le', label: 'Group', size: 2, names: { 0: 'None', 1: '768-bit MODP Group', 2: '1024-bit MODP Group', 5: '1536-bit MODP Group', 14: '2048-bit MODP Group', 15: '3072-bit MODP Group', 16: '4096-bit MODP Group', 17: '6144-bit MODP Group', 18: '8192-bit MODP Group', 19: '256-bit random ECP group', 20: '384-bit random ECP group', 21: '521-bit random ECP group', 22: '1024-bit MODP Group with 160-bit Prime Order Subgroup', 23: '2048-bit MODP Group with 224-bit Prime Order Subgroup', 24: '2048-bit MODP Group with 256-bit Prime Order Subgroup', 25: '192-bit Random ECP Group', 26: '224-bit Random ECP Group', 27: 'brainpoolP224r1', 28: 'brainpoolP256r1', 29: 'brainpoolP384r1', 30: 'brainpoolP512r1', 31: 'Curve25519', 32: 'Curve448' } },
  'ext_tag.owe_dh_parameter.public_key': { type: 'bytes', label: 'Public Key' },
  'ext_tag.rejected_groups.group': { type: 'u16le', label: 'Rejected Finite Cyclic Group' },
  'ext_tag.sae.anti_clogging_token': { type: 'bytes', label: 'Anti-Clogging Token' },
  'ext_tag.fils.session': { type: 'bytes', label: 'FILS Session' },
  'ext_tag.fils.nonce': { type: 'bytes', label: 'FILS Nonce' },
  'ext_tag.future_channel_guidance.new_chan_num': { type: 'u32le', label: 'New Channel Number', base: 'hex' },
  'ext_tag.future_channel_guidance.extra_bytes': { type: 'bytes', label: 'Extra bytes' },
  'ext_tag.ess_report.ess_info.field': { type: 'u8', label: 'ESS Information field', base: 'hex', mask: 0x3 },
  'ext_tag.ess_report.ess_info.planned_ess': { type: 'bool', label: 'Planned ESS', mask: 0x1 },
  'ext_tag.ess_report.ess_info.edge_of_ess': { type: 'bool', label: 'Edge of ESS', mask: 0x2 },
  'ext_tag.ess_report.ess_info.thresh': { type: 'i8', label: 'Recommended BSS Transition Threshold', mask: 0xfc },
  'ext_tag.he_mcs_map.rx_he_mcs_map_160': { type: 'u16le', label: 'Rx HE-MCS Map 160 MHz', base: 'hex' },
  'ext_tag.he_mcs_map.max_he_mcs_160_rx_1_ss': { type: 'u16le', label: 'Max HE-MCS for 1 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_160', mask: 0x3, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_160_rx_2_ss': { type: 'u16le', label: 'Max HE-MCS for 2 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_160', mask: 0xc, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_160_rx_3_ss': { type: 'u16le', label: 'Max HE-MCS for 3 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_160', mask: 0x30, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_160_rx_4_ss': { type: 'u16le', label: 'Max HE-MCS for 4 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_160', mask: 0xc0, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_160_rx_5_ss': { type: 'u16le', label: 'Max HE-MCS for 5 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_160', mask: 0x300, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_160_rx_6_ss': { type: 'u16le', label: 'Max HE-MCS for 6 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_160', mask: 0xc00, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_160_rx_7_ss': { type: 'u16le', label: 'Max HE-MCS for 7 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_160', mask: 0x3000, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_160_rx_8_ss': { type: 'u16le', label: 'Max HE-MCS for 8 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_160', mask: 0xc000, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.tx_he_mcs_map_160': { type: 'u16le', label: 'Tx HE-MCS Map 160 MHz', base: 'hex' },
  'ext_tag.he_mcs_map.max_he_mcs_160_tx_1_ss': { type: 'u16le', label: 'Max HE-MCS for 1 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_160', mask: 0x3, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_160_tx_2_ss': { type: 'u16le', label: 'Max HE-MCS for 2 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_160', mask: 0xc, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_160_tx_3_ss': { type: 'u16le', label: 'Max HE-MCS for 3 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_160', mask: 0x30, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_160_tx_4_ss': { type: 'u16le', label: 'Max HE-MCS for 4 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_160', mask: 0xc0, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_160_tx_5_ss': { type: 'u16le', label: 'Max HE-MCS for 5 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_160', mask: 0x300, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_160_tx_6_ss': { type: 'u16le', label: 'Max HE-MCS for 6 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_160', mask: 0xc00, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_160_tx_7_ss': { type: 'u16le', label: 'Max HE-MCS for 7 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_160', mask: 0x3000, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_160_tx_8_ss': { type: 'u16le', label: 'Max HE-MCS for 8 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_160', mask: 0xc000, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.rx_he_mcs_map_80_80': { type: 'u16le', label: 'Rx HE-MCS Map 80+80 MHz', base: 'hex' },
  'ext_tag.he_mcs_map.max_he_mcs_80p80_rx_1_ss': { type: 'u16le', label: 'Max HE-MCS for 1 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_80_80', mask: 0x3, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80p80_rx_2_ss': { type: 'u16le', label: 'Max HE-MCS for 2 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_80_80', mask: 0xc, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80p80_rx_3_ss': { type: 'u16le', label: 'Max HE-MCS for 3 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_80_80', mask: 0x30, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80p80_rx_4_ss': { type: 'u16le', label: 'Max HE-MCS for 4 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_80_80', mask: 0xc0, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80p80_rx_5_ss': { type: 'u16le', label: 'Max HE-MCS for 5 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_80_80', mask: 0x300, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80p80_rx_6_ss': { type: 'u16le', label: 'Max HE-MCS for 6 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_80_80', mask: 0xc00, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80p80_rx_7_ss': { type: 'u16le', label: 'Max HE-MCS for 7 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_80_80', mask: 0x3000, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80p80_rx_8_ss': { type: 'u16le', label: 'Max HE-MCS for 8 SS', base: 'hex', of: 'ext_tag.he_mcs_map.rx_he_mcs_map_80_80', mask: 0xc000, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.tx_he_mcs_map_80_80': { type: 'u16le', label: 'Tx HE-MCS Map 80+80 MHz', base: 'hex' },
  'ext_tag.he_mcs_map.max_he_mcs_80p80_tx_1_ss': { type: 'u16le', label: 'Max HE-MCS for 1 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_80_80', mask: 0x3, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80p80_tx_2_ss': { type: 'u16le', label: 'Max HE-MCS for 2 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_80_80', mask: 0xc, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80p80_tx_3_ss': { type: 'u16le', label: 'Max HE-MCS for 3 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_80_80', mask: 0x30, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80p80_tx_4_ss': { type: 'u16le', label: 'Max HE-MCS for 4 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_80_80', mask: 0xc0, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80p80_tx_5_ss': { type: 'u16le', label: 'Max HE-MCS for 5 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_80_80', mask: 0x300, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80p80_tx_6_ss': { type: 'u16le', label: 'Max HE-MCS for 6 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_80_80', mask: 0xc00, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80p80_tx_7_ss': { type: 'u16le', label: 'Max HE-MCS for 7 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_80_80', mask: 0x3000, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.he_mcs_map.max_he_mcs_80p80_tx_8_ss': { type: 'u16le', label: 'Max HE-MCS for 8 SS', base: 'hex', of: 'ext_tag.he_mcs_map.tx_he_mcs_map_80_80', mask: 0xc000, names: { 0: 'Support for HE-MCS 0-7', 1: 'Support for HE-MCS 0-9', 2: 'Support for HE-MCS 0-11', 3: 'Not supported for HE PPDUs' } },
  'ext_tag.spatial_reuse.non_srg_obss_pd_max_offset': { type: 'i8', label: 'Non-SRG OBSS PD Max Offset' },
  'ext_tag.spatial_reuse.srg_obss_pd_min_offset': { type: 'i8', label: 'SRG OBSS PD Min Offset' },
  'ext_tag.spatial_reuse.srg_obss_pd_max_offset': { type: 'i8', label: 'SRG OBSS PD Max Offset' },
  'ext_tag.spatial_reuse.srg_bss_color_bitmap': { type: 'bytes', label: 'SRG BSS Color Bitmap' },
  'ext_tag.spatial_reuse.srg_partial_bssid_bitmap': { type: 'bytes', label: 'SRG Partial BSSID Bitmap' },
});

const WIDTH_160 = 0x08;
const WIDTH_80_80 = 0x10;
const PPE_PRESENT = 0x8000;

const FIRST_PHY_BYTE: Take = bits(1, 'ext_tag.he_phy_cap.reserved_b0', 'ext_tag.he_phy_cap.fbyte.reserved_b0', 'ext_tag.he_phy_cap.fbytes', 'ext_tag.he_phy_cap.chan_width_set.40mhz_in_2_4ghz', 'ext_tag.he_phy_cap.chan_width_set.40_80_in_5ghz', 'ext_tag.he_phy_cap.chan_width_set.160_in_5ghz', 'ext_tag.he_phy_cap.chan_width_set.160_80_80_in_5ghz', 'ext_tag.he_phy_cap.chan_width_set.242_tone_in_2_4ghz', 'ext_tag.he_phy_cap.chan_width_set.242_tone_in_5ghz', 'ext_tag.he_phy_cap.chan_width_set.reserved');
const PHY: Take = group(null, 'HE PHY Capabilities Information', [
  FIRST_PHY_BYTE, 'ext_tag.he_phy_cap.bits_8_to_23', takeConstellations, 'ext_tag.he_phy_cap.bits_40_to_55', 'ext_tag.he_phy_cap.bits_56_to_71', 'ext_tag.he_phy_cap.bits_72_to_87',
]);

/** Wireshark shows one of these bits twice. */
function takeConstellations(layer: Layer): void {
  takeParts(layer, [word('ext_tag.he_phy_cap.bits_24_to_39', ...CONSTELLATIONS)]);
}
const CONSTELLATIONS = ['dcm_max_const_tx', 'dcm_max_nss_tx', 'dcm_max_const_rx', 'dcm_max_nss_tx', 'rx_partial_bw_su_20mhz_he_mu_ppdu', 'su_beamformer', 'su_beamformee', 'mu_beamformer', 'beamformee_sts_lte_80mhz', 'beamformee_sts_gt_80mhz'].map((name) => `ext_tag.he_phy_cap.${name}`);

const MAPS_80: Take = group(null, 'Rx and Tx MCS Maps <= 80 MHz', ['ext_tag.he_mcs_map.rx_he_mcs_map_lte_80', 'ext_tag.he_mcs_map.tx_he_mcs_map_lte_80']);
const MAPS_160: Take = group(null, 'Rx and Tx MCS Maps 160 MHz', ['ext_tag.he_mcs_map.rx_he_mcs_map_160', 'ext_tag.he_mcs_map.tx_he_mcs_map_160']);
const MAPS_80_80: Take = group(null, 'Rx and Tx MCS Maps 80+80 MHz', ['ext_tag.he_mcs_map.rx_he_mcs_map_80_80', 'ext_tag.he_mcs_map.tx_he_mcs_map_80_80']);

const HAS_HTC = 0x01;
const FRAGMENTS = 0x18;
/** Bits that mean something only where the station fragments, or speaks of itself in HT Control fields (IEEE 802.11ax §9.4.2.248.2); those that stand for them elsewhere. */
const WITH_FRAGMENTS = ['max_frag_msdus', 'min_frag_size', 'a_msdu_frag_support'];
const WITHOUT_FRAGMENTS = ['reserved_bits_5_7', 'reserved_bits_8_9', 'reserved_bit_29'];
const WITH_HTC = ['he_link_adaptation_support', 'Trs_support', 'bsr_support', 'om_control_support', 'bqr_support'];
const WITHOUT_HTC = ['reserved_bits_15_16', 'reserved_bit_18', 'reserved_bit_19', 'reserved_bit_25', 'reserved_bit_34'];

function takeMacCapabilities(layer: Layer): void {
  const first = layer.peekU8();
  const left = new Set([...((first & FRAGMENTS) !== 0 ? WITHOUT_FRAGMENTS : WITH_FRAGMENTS), ...((first & HAS_HTC) !== 0 ? WITHOUT_HTC : WITH_HTC)].map((name) => `ext_tag.he_mac_cap.${name}`));
  layer.take('ext_tag.he_mac_caps');
  if (layer.broken || !layer.run.items) return;
  for (const { key } of (layer.protocol.byKey['ext_tag.he_mac_caps'] as FieldInfo).bits) if (!left.has(key)) layer.flag(key);
}

function takeCapabilities(layer: Layer): void {
  takeMacCapabilities(layer);
  const widths = layer.peekU8();
  const hasThresholds = (layer.peekU8(6) << 8 & PPE_PRESENT) !== 0;
  takeParts(layer, [PHY, group(null, 'Supported HE-MCS and NSS Set', [MAPS_80, ...((widths & WIDTH_160) !== 0 ? [MAPS_160] : []), ...((widths & WIDTH_80_80) !== 0 ? [MAPS_80_80] : [])])]);
  if (hasThresholds && layer.left > 0) takeParts(layer, [group(null, 'PPE Thresholds', [takeThresholds])]);
}

const THRESHOLD_BITS = 3;
const RESOURCE_UNITS = 4;

/** Two thresholds of three bits for each stream and each size of resource unit that the mask names. */
function takeThresholds(layer: Layer): void {
  const at = layer.cursor;
  const first = layer.peekU8();
  layer.at('ext_tag.he_ppe_thresholds.nss', at);
  layer.at('ext_tag.he_ppe_thresholds.ru_index_bitmask', at);
  const streams = (first & 7) + 1;
  let bit = at * 8 + 7;
  for (let stream = 0; stream < streams; stream += 1) {
    for (let unit = 0; unit < RESOURCE_UNITS; unit += 1) {
      if (((first >> (3 + unit)) & 1) === 0) continue;
      for (const key of ['ext_tag.he_ppe_thresholds.ppet16', 'ext_tag.he_ppe_thresholds.ppet8']) {
        const byte = bit >> 3;
        if (!layer.reaches(((bit + THRESHOLD_BITS - 1) >> 3) + 1)) return;
        layer.put(key, (readUintLe(layer.bytes, byte, 2) >> (bit & 7)) & 7, byte, 1);
        bit += THRESHOLD_BITS;
      }
    }
  }
  layer.cursor = layer.end;
}

const HAS_VHT = 0x00_4000;
const HAS_CO_HOSTED = 0x00_8000;
const HAS_6GHZ = 0x02_0000;

function takeOperation(layer: Layer): void {
  const parameters = takeBits(layer, 'ext_tag.he_operation.params');
  takeParts(layer, ['ext_tag.bss_color_information', 'ext_tag.he_operation.basic_he_mcs_and_nss']);
  if ((parameters & HAS_VHT) !== 0) takeParts(layer, [group(null, 'VHT Operation Information', ['ext_tag.he_operation.vht_op_info.channel_width', 'ext_tag.he_operation.vht_op_info.chan_center_freq_seg_0', 'ext_tag.he_operation.vht_op_info.chan_center_freq_seg_1'])]);
  if ((parameters & HAS_CO_HOSTED) !== 0) takeParts(layer, ['ext_tag.he_operation.max_co_hosted_bssid_indicator']);
  if ((parameters & HAS_6GHZ) !== 0) takeParts(layer, [group(null, '6 GHz Operation Information', ['ext_tag.he_operation.6ghz.primary_channel', 'ext_tag.he_operation.6ghz.control', 'ext_tag.he_operation.6ghz.chan_center_freq_seg_0', 'ext_tag.he_operation.6ghz.chan_center_freq_seg_1', 'ext_tag.he_operation.6ghz.minimum_rate'])]);
}

const HAS_OFFSET = 0x04;
const HAS_GROUP = 0x08;

function takeSpatialReuse(layer: Layer): void {
  const control = takeBits(layer, 'ext_tag.spatial_reuse.sr_control');
  if ((control & HAS_OFFSET) !== 0) layer.take('ext_tag.spatial_reuse.non_srg_obss_pd_max_offset');
  if ((control & HAS_GROUP) !== 0) takeParts(layer, ['ext_tag.spatial_reuse.srg_obss_pd_min_offset', 'ext_tag.spatial_reuse.srg_obss_pd_max_offset', sized('ext_tag.spatial_reuse.srg_bss_color_bitmap', 8), sized('ext_tag.spatial_reuse.srg_partial_bssid_bitmap', 8)]);
}

const CLASSES = ['BE', 'BK', 'VI', 'VO'].map((name) => group(null, `MUAC_${name} Parameter Record`, ['ext_tag.mu_edca_parameter_set.aic_aifsn', 'ext_tag.mu_edca_parameter_set.ecwmin_ecwmax', 'ext_tag.mu_edca_parameter_set.mu_edca_timer']));

/** By extension of the element's number. */
export const EXTENDED_ELEMENTS: Elements = {
  4: element(null, rest('ext_tag.fils.session')),
  13: element(null, rest('ext_tag.fils.nonce')),
  14: element(null, 'ext_tag.future_channel_guidance.new_chan_num', restIfAny('ext_tag.future_channel_guidance.extra_bytes')),
  32: element(least(2), 'ext_tag.owe_dh_parameter.group', rest('ext_tag.owe_dh_parameter.public_key')),
  33: element(null, rest('ext_tag.sae.password_identifier')),
  35: element(null, takeCapabilities),
  36: element(null, takeOperation),
  37: element(null, 'ext_tag.uora_parameter_set.field'),
  38: element(null, 'fixed.qosinfo.ap', ...CLASSES),
  39: element(null, takeSpatialReuse),
  41: element(null, 'ext_tag.ndp_feedback.res_req_buf_thresh_exp'),
  42: element(null, 'ext_tag.bss_color_change.color_switch_countdown', 'ext_tag.bss_color_change.new_color_info'),
  45: element(null, bits(1, 'ext_tag.ess_report.ess_info.field', 'ext_tag.ess_report.ess_info.planned_ess', 'ext_tag.ess_report.ess_info.edge_of_ess', 'ext_tag.ess_report.ess_info.thresh')),
  55: element(null, 'ext_tag.multiple_bssid_configuration.bssid_count', 'ext_tag.multiple_bssid_configuration.full_set_rx_periodicity'),
  57: element(null, rest('ext_tag.known_bssid.bitmap')),
  58: element(null, each('ext_tag.short_bssid')),
  59: element([2], 'tag.he_6ghz.cap_inf'),
  92: element(null, each('ext_tag.rejected_groups.group')),
  93: element(null, rest('ext_tag.sae.anti_clogging_token')),
};
