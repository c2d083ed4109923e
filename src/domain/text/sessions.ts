import type { SessionOver } from '../access/sessions.ts'
import type { Text } from '../refused.ts'

const minuteMs = 60_000

/** `30 menit`, `12 jam`. */
function span(ms: number): Text {
  const minutes = Math.round(ms / minuteMs)
  if (minutes < 120 || minutes % 60 !== 0) return { id: `${minutes} menit`, en: `${minutes} minutes` }
  return { id: `${minutes / 60} jam`, en: `${minutes / 60} hours` }
}

/** Sessions: when they are over, and the devices that are signed in. */
export const sessionTexts = {
  over: ({ why, limitMs }: SessionOver): Text => {
    const limit = span(limitMs)
    if (why === 'idle')
      return {
        id: `Sesi Anda berakhir karena tidak dipakai selama ${limit.id}. Masuk lagi untuk melanjutkan. Draf permohonan yang sudah disimpan tetap ada.`,
        en: `Your session ended because it was not used for ${limit.en}. Sign in again to go on. Saved drafts of applications are still there.`,
      }
    return {
      id: `Sesi Anda berakhir: setelah ${limit.id} Anda perlu masuk lagi. Draf permohonan yang sudah disimpan tetap ada.`,
      en: `Your session ended: after ${limit.en} you need to sign in again. Saved drafts of applications are still there.`,
    }
  },
  notSaved: {
    id: 'Yang baru saja Anda kirim belum disimpan dan tidak ada yang berubah.',
    en: 'What you just sent was not saved, and nothing changed.',
  },
  kept: {
    id: 'Isian Anda masih ada di halaman ini. Masuk di tab baru, kembali ke sini, lalu tekan "Kirim lagi". Jangan tutup halaman ini dahulu.',
    en: 'What you wrote is still on this page. Sign in in a new tab, come back here and press "Send again". Do not close this page before.',
  },
  notKept: {
    id: 'Berkas dan kata sandi tidak disimpan di halaman ini. Masuk lagi, lalu isi dan kirim formulirnya sekali lagi.',
    en: 'Files and passwords are not kept on this page. Sign in again, then fill in and send the form once more.',
  },
  sendAgain: { id: 'Kirim lagi', en: 'Send again' },
  signInNewTab: { id: 'Masuk di tab baru', en: 'Sign in in a new tab' },
  endedTitle: { id: 'Sesi berakhir', en: 'Session over' },

  title: { id: 'Perangkat yang masuk', en: 'Devices that are signed in' },
  lead: (idle: SessionOver['limitMs'], longest: SessionOver['limitMs']): Text => ({
    id: `Setiap sesi berakhir bila tidak dipakai ${span(idle).id}, dan paling lama ${span(longest).id} setelah masuk. Ada yang tidak Anda kenal? Keluarkan, lalu ganti kata sandi.`,
    en: `A session ends after ${span(idle).en} without use, and at the latest ${span(longest).en} after signing in. One you do not know? Sign it out and change your password.`,
  }),
  device: { id: 'Peramban', en: 'Browser' },
  address: { id: 'Alamat jaringan', en: 'Network address' },
  since: { id: 'Masuk', en: 'Signed in' },
  used: { id: 'Terakhir dipakai', en: 'Last used' },
  act: { id: 'Tindakan', en: 'Action' },
  unknown: { id: 'tidak diketahui', en: 'unknown' },
  on: (browser: string, system: string): Text => ({
    id: `${browser} di ${system}`,
    en: `${browser} on ${system}`,
  }),
  this: { id: 'perangkat ini', en: 'this device' },
  end: { id: 'Keluarkan', en: 'Sign out' },
  endOthers: { id: 'Keluarkan semua yang lain', en: 'Sign out all others' },
  endAll: { id: 'Keluar di semua perangkat', en: 'Sign out everywhere' },
  ended: { id: 'Sesi sudah diakhiri.', en: 'The session was ended.' },
  endedAll: { id: 'Anda sudah keluar di semua perangkat.', en: 'You are signed out everywhere.' },
} as const
