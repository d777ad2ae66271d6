/**
 * Media types whose bodies Wireshark 4.0 shows as XML: RFC 7303's, those of SIP and XCAP, and
 * those of 3GPP, OMA and ETSI that are written in XML.
 */
const APPLICATION = `
  3gpp-ims+xml atom+xml auth-policy+xml ccmp+xml conference-info+xml cpim-pidf+xml cpl+xml dds-web+xml im-iscomposing+xml load-control+xml mathml+xml
  media_control+xml note+xml pidf+xml pidf-diff+xml poc-settings+xml rdf+xml reginfo+xml resource-lists+xml rlmi+xml rls-services+xml rs-metadata+xml
  rss+xml simple-filter+xml simple-message-summary+xml simservs+xml smil soap+xml upp-directory+xml vnc.3gpp.iut-config+xml vnd.3gpp-prose+xml
  vnd.3gpp-prose-pc3ch+xml vnd.3gpp.access-transfer-events+xml vnd.3gpp.bsf+xml vnd.3gpp.comm-div-info+xml vnd.3gpp.cw+xml vnd.3gpp.iut+xml
  vnd.3gpp.mcdata-affiliation-command+xml vnd.3gpp.mcdata-info+xml vnd.3gpp.mcdata-location-info+xml vnd.3gpp.mcdata-mbms-usage-info+xml
  vnd.3gpp.mcdata-regroup+xml vnd.3gpp.mcdata-service-config+xml vnd.3gpp.mcdata-ue-config+xml vnd.3gpp.mcdata-user-profile+xml
  vnd.3gpp.mcptt-affiliation-command+xml vnd.3gpp.mcptt-floor-request+xml vnd.3gpp.mcptt-info+xml vnd.3gpp.mcptt-location-info+xml
  vnd.3gpp.mcptt-mbms-usage-info+xml vnd.3gpp.mcptt-regroup+xml vnd.3gpp.mcptt-service-config+xml vnd.3gpp.mcptt-signed+xml vnd.3gpp.mcptt-ue-config+xml
  vnd.3gpp.mcptt-ue-init-config+xml vnd.3gpp.mcptt-user-profile+xml vnd.3gpp.mcvideo-affiliation-command+xml vnd.3gpp.mcvideo-info+xml
  vnd.3gpp.mcvideo-location-info+xml vnd.3gpp.mcvideo-mbms-usage-info+xml vnd.3gpp.mcvideo-service-config+xml vnd.3gpp.mcvideo-ue-config+xml
  vnd.3gpp.mcvideo-user-profile+xml vnd.3gpp.mid-call+xml vnd.3gpp.replication+xml vnd.3gpp.sms+xml vnd.3gpp.srvcc-ext+xml vnd.3gpp.srvcc-info+xml
  vnd.3gpp.state-and-event-info+xml vnd.3gpp.transmission-request+xml vnd.3gpp.ussd+xml vnd.3gpp2.bcmcsinfo+xml vnd.etsi.aoc+xml vnd.etsi.cug+xml
  vnd.etsi.iptvcommand+xml vnd.etsi.iptvdiscovery+xml vnd.etsi.iptvprofile+xml vnd.etsi.iptvsad-bc+xml vnd.etsi.iptvsad-cod+xml
  vnd.etsi.iptvsad-npvr+xml vnd.etsi.iptvservice+xml vnd.etsi.iptvsync+xml vnd.etsi.iptvueprofile+xml vnd.etsi.mcid+xml
  vnd.etsi.overload-control-policy-dataset+xml vnd.etsi.pstn+xml vnd.etsi.sci+xml vnd.etsi.simservs+xml vnd.etsi.tsl+xml
  vnd.oma.access-permissions-list+xml vnd.oma.alias-principals-list+xml vnd.oma.bcast.associated-procedure-parameter+xml vnd.oma.bcast.drm-trigger+xml
  vnd.oma.bcast.imd+xml vnd.oma.bcast.notification+xml vnd.oma.bcast.sgdd+xml vnd.oma.bcast.smartcard-trigger+xml vnd.oma.bcast.sprov+xml
  vnd.oma.cab-address-book+xml vnd.oma.cab-feature-handler+xml vnd.oma.cab-pcc+xml vnd.oma.cab-subs-invite+xml vnd.oma.cab-user-prefs+xml
  vnd.oma.dd2+xml vnd.oma.drm.risd+xml vnd.oma.fnl+xml vnd.oma.group-usage-list+xml vnd.oma.pal+xml vnd.oma.poc.detailed-progress-report+xml
  vnd.oma.poc.final-report+xml vnd.oma.poc.groups+xml vnd.oma.poc.invocation-descriptor+xml vnd.oma.poc.optimized-progress-report+xml
  vnd.oma.scidm.messages+xml vnd.oma.suppnot+xml vnd.oma.xcap-directory+xml vnd.oma.xdcp+xml vnd.oma.xdm-apd+xml vnd.oma.xdm-hi+xml
  vnd.oma.xdm-prefs+xml vnd.oma.xdm-rhi+xml vnd.omads-email+xml vnd.omads-file+xml vnd.omads-folder+xml vnd.wv.csp+xml vnd.wv.csp.xml watcherinfo+xml
  x-crd+xml x-wms-logconnectstats x-wms-logplaystats x-wms-sendevent xcap-att+xml xcap-caps+xml xcap-diff+xml xcap-el+xml xcap-error+xml xcap-ns+xml xml
  xml-dtd xpidf+xml xslt+xml
`;

export const XML_TYPES: readonly string[] = [
  'image/svg+xml', 'message/imdn+xml', 'text/vnd.wap.co', 'text/vnd.wap.emn', 'text/vnd.wap.si', 'text/vnd.wap.sl', 'text/vnd.wap.wml', 'text/xml',
  ...APPLICATION.trim().split(/\s+/).map((subtype) => `application/${subtype}`),
];
