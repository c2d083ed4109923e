import { armor, Encrypter } from 'age-encryption'
import { badRecipient } from '../domain/access/age-recipient.ts'
import { ageTexts } from '../domain/text/age.ts'

/**
 * Encrypts a text so that only the holder of the recipient's secret key reads it (C2SP age, X25519), in the
 * form of text that `age --decrypt` takes.
 *
 * @param recipient of the form that `parseRecipient` lets through
 * @throws Refused `bad-recipient` when nothing can be encrypted to it: a wrong check sum, a point of small order
 */
export async function encryptFor(recipient: string, text: string): Promise<string> {
  const encrypter = new Encrypter()
  let file: Uint8Array
  try {
    encrypter.addRecipient(recipient)
    file = await encrypter.encrypt(text)
  } catch (error) {
    throw badRecipient(ageTexts.unusable, error)
  }
  return armor.encode(file)
}
