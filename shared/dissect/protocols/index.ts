/** Every protocol, in one list. Adding one: its file, its test, one line here. */
import type { ProtocolInfo } from '../field.ts';
import { ah } from './ah.ts';
import { arcnet } from './arcnet.ts';
import { arp } from './arp.ts';
import { bacp } from './bacp.ts';
import { basicExchange } from './basicxid.ts';
import { ber } from './ber.ts';
import { ccp } from './ccp.ts';
import { cdp } from './cdp.ts';
import { cdpcp } from './cdpcp.ts';
import { chap } from './chap.ts';
import { chdlc } from './chdlc.ts';
import { compressedDatagram } from './comp_data.ts';
import { data } from './data.ts';
import { dataTextLines } from './data-text-lines.ts';
import { dhcp } from './dhcp.ts';
import { dhcpv6 } from './dhcpv6.ts';
import { dtp } from './dtp.ts';
import { eap } from './eap.ts';
import { eapol } from './eapol.ts';
import { finger } from './finger.ts';
import { frameRelay } from './fr.ts';
import { gopher } from './gopher.ts';
import { backboneBridge } from './ieee8021ah.ts';
import { ipx } from './ipx.ts';
import { irc } from './irc.ts';
import { l2tp } from './l2tp.ts';
import { lacp } from './lacp.ts';
import { lldp } from './lldp.ts';
import { loop } from './loop.ts';
import { macsec } from './macsec.ts';
import { marker } from './marker.ts';
import { mbtcp } from './mbtcp.ts';
import { mbudp } from './mbudp.ts';
import { mka } from './mka.ts';
import { modbus } from './modbus.ts';
import { mqtt } from './mqtt.ts';
import { nflog } from './nflog.ts';
import { oampdu } from './oampdu.ts';
import { organizationSpecific } from './ossp.ts';
import { mysql } from './mysql.ts';
import { pgsql } from './pgsql.ts';
import { resp } from './resp.ts';
import { dns } from './dns.ts';
import { esp } from './esp.ts';
import { eth } from './eth.ts';
import { frame } from './frame.ts';
import { ciscoMetadata } from './cmd.ts';
import { erspan } from './erspan.ts';
import { geneve } from './geneve.ts';
import { ipcp } from './ipcp.ts';
import { ipv6cp } from './ipv6cp.ts';
import { interSwitchLink } from './isl.ts';
import { lcp } from './lcp.ts';
import { mpls } from './mpls.ts';
import { mplscp } from './mplscp.ts';
import { osinlcp } from './osinlcp.ts';
import { pap } from './pap.ts';
import { ppp } from './ppp.ts';
import { ppi } from './ppi.ts';
import { pppoed } from './pppoed.ts';
import { pppoes } from './pppoes.ts';
import { associatedChannel } from './pwach.ts';
import { pseudowireControlWord } from './pwethcw.ts';
import { pseudowireGuess } from './pwethheuristic.ts';
import { pseudowirePlain } from './pwethnocw.ts';
import { rlogin } from './rlogin.ts';
import { slarp } from './slarp.ts';
import { slow } from './slow.ts';
import { stp } from './stp.ts';
import { tr } from './tr.ts';
import { udld } from './udld.ts';
import { vtp } from './vtp.ts';
import { teredo } from './teredo.ts';
import { vxlan } from './vxlan.ts';
import { vxlanExtended } from './vxlan_gpe.ts';
import { ftp } from './ftp.ts';
import { ftpData } from './ftp-data.ts';
import { gre } from './gre.ts';
import { hsrp } from './hsrp.ts';
import { vrrp } from './vrrp.ts';
import { wireguard } from './wg.ts';
import { sctp } from './sctp.ts';
import { udpLite } from './udplite.ts';
import { gtp } from './gtp.ts';
import { gtpPrime } from './gtpprime.ts';
import { dccp } from './dccp.ts';
import { http } from './http.ts';
import { imap } from './imap.ts';
import { imf } from './imf.ts';
import { imageGif } from './image-gif.ts';
import { imageJfif } from './image-jfif.ts';
import { json } from './json.ts';
import { llc } from './llc.ts';
import { llmnr } from './llmnr.ts';
import { media } from './media.ts';
import { mdns } from './mdns.ts';
import { mimeMultipart } from './mime_multipart.ts';
import { nntp } from './nntp.ts';
import { ntp } from './ntp.ts';
import { nullLoopback } from './null.ts';
import { png } from './png.ts';
import { proxy } from './proxy.ts';
import { raw } from './raw.ts';
import { rtcp } from './rtcp.ts';
import { rtp } from './rtp.ts';
import { rtpevent } from './rtpevent.ts';
import { sdp } from './sdp.ts';
import { sip } from './sip.ts';
import { stun } from './stun.ts';
import { classicstun } from './classicstun.ts';
import { nbns } from './nbns.ts';
import { nbdgm } from './nbdgm.ts';
import { nbss } from './nbss.ts';
import { browser } from './browser.ts';
import { smb } from './smb.ts';
import { smb2 } from './smb2.ts';
import { sll } from './sll.ts';
import { smtp } from './smtp.ts';
import { gssApi } from './gss-api.ts';
import { cldap } from './cldap.ts';
import { kerberos } from './kerberos.ts';
import { krb4 } from './krb4.ts';
import { ldap } from './ldap.ts';
import { ntlmssp } from './ntlmssp.ts';
import { spnego } from './spnego.ts';
import { spnegoKrb5 } from './spnego-krb5.ts';
import { snmp } from './snmp.ts';
import { ssdp } from './ssdp.ts';
import { ssh } from './ssh.ts';
import { syslog } from './syslog.ts';
import { tcp } from './tcp.ts';
import { telnet } from './telnet.ts';
import { tftp } from './tftp.ts';
import { tls } from './tls.ts';
import { icmp } from './icmp.ts';
import { icmpv6 } from './icmpv6.ts';
import { radiotap } from './radiotap.ts';
import { whois } from './whois.ts';
import { wlan } from './wlan.ts';
import { wlanManagement } from './wlan.mgt.ts';
import { wlanAggregate } from './wlan_aggregate.ts';
import { wlanRadio } from './wlan_radio.ts';
import { pop } from './pop.ts';
import { providerBridge } from './ieee8021ad.ts';
import { igmp } from './igmp.ts';
import { rgmp } from './rgmp.ts';
import { ip } from './ip.ts';
import { mobility } from './mipv6.ts';
import { destinationOptions } from './ipv6.dstopts.ts';
import { fragmentHeader } from './ipv6.fraghdr.ts';
import { hopByHop } from './ipv6.hopopts.ts';
import { routingHeader } from './ipv6.routing.ts';
import { ipv6 } from './ipv6.ts';
import { udp } from './udp.ts';
import { urlencodedForm } from './urlencoded-form.ts';
import { vlan } from './vlan.ts';
import { websocket } from './websocket.ts';
import { malformed, short } from './ws.ts';
import { logotypeExtension } from './logotypecertextn.ts';
import { netscapeExtensions } from './ns_cert_exts.ts';
import { ocsp } from './ocsp.ts';
import { pkcs1 } from './pkcs-1.ts';
import { pkix1explicit } from './pkix1explicit.ts';
import { pkix1implicit } from './pkix1implicit.ts';
import { pkixqualified } from './pkixqualified.ts';
import { x509af } from './x509af.ts';
import { x509ce } from './x509ce.ts';
import { x509if } from './x509if.ts';
import { x509sat } from './x509sat.ts';
import { xml } from './xml.ts';

export const PROTOCOLS: readonly ProtocolInfo[] = [
  frame,
  malformed,
  short,
  data,
  eth,
  interSwitchLink,
  llc,
  basicExchange,
  stp,
  lldp,
  cdp,
  dtp,
  udld,
  vtp,
  slow,
  lacp,
  marker,
  oampdu,
  organizationSpecific,
  loop,
  sll,
  nflog,
  arcnet,
  tr,
  radiotap,
  ppi,
  wlanRadio,
  wlan,
  wlanAggregate,
  wlanManagement,
  eapol,
  mka,
  eap,
  nullLoopback,
  raw,
  ppp,
  lcp,
  ipcp,
  ipv6cp,
  ccp,
  bacp,
  osinlcp,
  cdpcp,
  mplscp,
  compressedDatagram,
  pap,
  chap,
  chdlc,
  slarp,
  frameRelay,
  pppoed,
  pppoes,
  vlan,
  ciscoMetadata,
  providerBridge,
  backboneBridge,
  macsec,
  mpls,
  ipx,
  associatedChannel,
  pseudowireGuess,
  pseudowireControlWord,
  pseudowirePlain,
  arp,
  ip,
  ipv6,
  hopByHop,
  routingHeader,
  fragmentHeader,
  destinationOptions,
  ah,
  esp,
  ber,
  mobility,
  icmp,
  icmpv6,
  igmp,
  rgmp,
  vrrp,
  gre,
  erspan,
  tcp,
  udp,
  l2tp,
  udpLite,
  sctp,
  dccp,
  hsrp,
  teredo,
  vxlan,
  vxlanExtended,
  geneve,
  gtp,
  gtpPrime,
  wireguard,
  dns,
  mdns,
  llmnr,
  dhcp,
  dhcpv6,
  mbtcp,
  mbudp,
  modbus,
  mqtt,
  mysql,
  pgsql,
  resp,
  proxy,
  tls,
  x509if,
  x509sat,
  x509af,
  x509ce,
  pkcs1,
  pkix1explicit,
  pkix1implicit,
  pkixqualified,
  logotypeExtension,
  netscapeExtensions,
  ocsp,
  http,
  ssdp,
  snmp,
  gssApi,
  spnego,
  spnegoKrb5,
  ntlmssp,
  kerberos,
  krb4,
  ldap,
  cldap,
  sip,
  sdp,
  rtp,
  rtcp,
  rtpevent,
  stun,
  classicstun,
  nbns,
  nbdgm,
  nbss,
  smb,
  smb2,
  browser,
  smtp,
  ntp,
  syslog,
  tftp,
  ftp,
  ftpData,
  telnet,
  nntp,
  finger,
  whois,
  gopher,
  irc,
  rlogin,
  ssh,
  imf,
  imap,
  pop,
  websocket,
  dataTextLines,
  urlencodedForm,
  json,
  xml,
  mimeMultipart,
  imageGif,
  imageJfif,
  png,
  media,
];
