import { createPrivateKey, type KeyObject } from 'node:crypto'
import forge from 'node-forge'

export type OpenedKey = { readonly key: KeyObject; readonly certificates: readonly Buffer[] }

/**
 * Opens a PKCS #12 file (RFC 7292), also one with the old ciphers that node's own OpenSSL no longer loads.
 * @returns the key with the certificates beside it; `wrong-passphrase`; `unusable` for anything else
 */
export function readKey(file: Buffer, passphrase: string): OpenedKey | 'wrong-passphrase' | 'unusable' {
  let structure: forge.asn1.Asn1
  try {
    structure = forge.asn1.fromDer(file.toString('latin1'))
  } catch {
    return 'unusable'
  }
  const read = bagsOf(structure, passphrase)
  if (read !== 'wrong-passphrase' || /^[\x20-\x7e]*$/.test(passphrase)) return read
  const again = bagsOf(withoutMac(structure), Buffer.from(passphrase, 'utf8').toString('latin1'))
  return typeof again === 'string' ? read : again
}

/**
 * The newer ciphers take a passphrase in UTF-8 and forge takes it octet by octet; the check over the file takes it in
 * UTF-16, so that one form does not fit both. A wrong passphrase still opens nothing.
 */
const withoutMac = (structure: forge.asn1.Asn1): forge.asn1.Asn1 =>
  Array.isArray(structure.value) ? { ...structure, value: structure.value.slice(0, 2) } : structure

function bagsOf(structure: forge.asn1.Asn1, passphrase: string): OpenedKey | 'wrong-passphrase' | 'unusable' {
  try {
    const p12 = forge.pkcs12.pkcs12FromAsn1(structure, false, passphrase)
    const bags = p12.safeContents.flatMap(({ safeBags }) => safeBags)
    const keys = bags.filter(
      ({ type }) => type === forge.pki.oids['pkcs8ShroudedKeyBag'] || type === forge.pki.oids['keyBag'],
    )
    const certificates = bags.filter(({ type }) => type === forge.pki.oids['certBag']).map(certificateOf)
    return keys.length === 1 && certificates.length > 0
      ? { key: privateKeyOf(keys[0]!), certificates }
      : 'unusable'
  } catch (error) {
    return error instanceof Error && /password|MAC|decrypt/i.test(error.message)
      ? 'wrong-passphrase'
      : 'unusable'
  }
}

const derOf = (structure: forge.asn1.Asn1): Buffer =>
  Buffer.from(forge.asn1.toDer(structure).getBytes(), 'latin1')

/** Keys and certificates that are not RSA come undecoded. */
function privateKeyOf(bag: forge.pkcs12.Bag): KeyObject {
  const rsa = bag.key && forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key))
  return createPrivateKey({ key: derOf(rsa ?? bag.asn1), format: 'der', type: 'pkcs8' })
}

const certificateOf = (bag: forge.pkcs12.Bag): Buffer =>
  derOf(bag.cert ? forge.pki.certificateToAsn1(bag.cert) : bag.asn1)
