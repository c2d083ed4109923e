import type { Text } from '../refused.ts'
import { dnsText } from '../text/dns.ts'

/** A label that the desk does not give out. */
export type ReservedLabel = {
  readonly label: string
  /** `top`: directly under the zone, and whatever lies under it; `any`: anywhere in the name */
  readonly where: 'top' | 'any'
  readonly reason: Text
}

function group(where: ReservedLabel['where'], reason: Text, labels: string): ReservedLabel[] {
  return labels.split(' ').map((label) => ({ label, where, reason }))
}

const NAME_SERVERS = 'ns ns0 ns1 ns2 ns3 ns4 ns5 ns6 ns7 ns8 ns9 dns dns1 dns2 dns3 dns4 nameserver resolver'
const MAIL = 'mail mail1 mail2 mx mx0 mx1 mx2 mx3 smtp smtps imap imaps pop pop3 webmail email surel relay'
const TRUST =
  'admin administrator root hostmaster postmaster webmaster abuse security keamanan noc csirt sso login whois rdap'

/**
 * The list an office starts with. Role addresses are those of RFC 2142, special names those of RFC 6761.
 * `wpad` and `autodiscover` anywhere in a zone let their holder read other people's traffic or passwords.
 */
export const RESERVED_LABELS: readonly ReservedLabel[] = [
  ...group('top', dnsText.reservedWeb, 'www www1 www2 www3 web'),
  ...group('top', dnsText.reservedMail, MAIL),
  ...group(
    'any',
    dnsText.reservedMailSetup,
    'autodiscover autoconfig _dmarc _domainkey _mta-sts mta-sts openpgpkey',
  ),
  ...group('top', dnsText.reservedNameServer, NAME_SERVERS),
  ...group('any', dnsText.reservedNetwork, 'wpad isatap _tcp _udp _acme-challenge'),
  ...group('top', dnsText.reservedNetwork, 'ntp proxy vpn gateway router ldap kerberos radius syslog'),
  ...group('top', dnsText.reservedPanel, 'cpanel whm plesk panel directadmin webdisk phpmyadmin pma hosting'),
  ...group('top', dnsText.reservedTransfer, 'ftp ftps sftp ssh'),
  ...group('top', dnsText.reservedTrust, TRUST),
  ...group('any', dnsText.reservedTest, 'localhost localdomain local invalid test example onion arpa'),
]
