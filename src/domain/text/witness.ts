import type { Text } from '../refused.ts'

/** What `ranah logbook witness` says. */
export const witnessTexts = {
  newKey: (vkey: string): Text => ({
    id: `Kunci saksi baru dibuat. Kunci publiknya, untuk didaftarkan oleh kantor di Buku log > Saksi:\n${vkey}`,
    en: `A new key of the witness was made. Its public key, for the office to enter under Logbook > Witnesses:\n${vkey}`,
  }),
  nameMissing: {
    id: 'Saksi ini belum punya nama. Berikan sekali dengan --name, misalnya inspektorat.contohkab.example/saksi.',
    en: 'This witness has no name yet. Give it once with --name, for example inspektorat.contohkab.example/witness.',
  },
  badName: {
    id: 'Nama saksi tidak boleh memuat spasi atau tanda tambah.',
    en: 'The name of a witness may hold neither spaces nor a plus sign.',
  },
  otherName: (name: string): Text => ({
    id: `Saksi di folder ini bernama ${name}. Pakailah folder lain untuk nama lain.`,
    en: `The witness of this folder is named ${name}. Take another folder for another name.`,
  }),
  badUrl: (url: string): Text => ({
    id: `"${url}" bukan alamat portal. Contohnya https://layanan.contohkab.example`,
    en: `"${url}" is no address of a portal. An example: https://desk.contohkab.example`,
  }),
  badState: (path: string): Text => ({
    id: `${path} rusak. Pulihkan dari cadangan saksi; tanpa itu saksi tidak tahu apa yang terakhir ia lihat, jadi ia tidak menandatangani apa pun.`,
    en: `${path} is damaged. Restore it from the backup of the witness; without it the witness does not know what it saw last, so it signs nothing.`,
  }),
  first: (size: number): Text => ({
    id: `Pertama kali melihat buku log ini: ${size} entri. Mulai sekarang saksi memeriksa bahwa isinya hanya bertambah.`,
    en: `Seen for the first time: ${size} entries. From now on the witness checks that it only grows.`,
  }),
  same: (size: number): Text => ({
    id: `Masih ${size} entri, sama seperti terakhir dilihat.`,
    en: `Still ${size} entries, the same as last seen.`,
  }),
  grown: (from: number, to: number): Text => ({
    id: `Terbukti bertambah dari ${from} menjadi ${to} entri; yang lama tidak berubah.`,
    en: `Proven to have grown from ${from} to ${to} entries; what was there is unchanged.`,
  }),
  sent: { id: 'Tanda tangan saksi diterima kantor.', en: 'The office took the cosignature.' },
  notSent: (why: string): Text => ({
    id: `Buku log sudah diperiksa dan ditandatangani, tetapi tanda tangannya tidak diterima portal: ${why}`,
    en: `The logbook was checked and cosigned, but the portal did not take the cosignature: ${why}`,
  }),
  unreachable: (url: string, why: string): Text => ({
    id: `Tidak dapat bertanya ke ${url}: ${why}. Belum ada yang diketahui; coba lagi nanti.`,
    en: `Cannot ask ${url}: ${why}. Nothing is known yet; try again later.`,
  }),
  rollback: (seen: number, found: number, evidence: string): Text => ({
    id: `DITOLAK: portal menunjukkan ${found} entri, padahal sudah pernah menunjukkan ${seen}. Buku lognya dikembalikan ke keadaan lama, atau salinan yang tertinggal yang menjawab. Tidak ditandatangani. Buktinya: ${evidence}`,
    en: `REFUSED: the portal shows ${found} entries, but it has shown ${seen} before. Its logbook was turned back, or a copy that lags answers. Not cosigned. The evidence: ${evidence}`,
  }),
  fork: (size: number, evidence: string): Text => ({
    id: `DITOLAK: kantor menandatangani dua isi yang berbeda untuk ${size} entri yang sama. Buku lognya bercabang. Tidak ditandatangani. Kedua titik periksa tersimpan sebagai bukti: ${evidence}`,
    en: `REFUSED: the office signed two different contents for the same ${size} entries. Its logbook has forked. Not cosigned. Both checkpoints are kept as evidence: ${evidence}`,
  }),
  rewritten: (from: number, to: number, why: string, evidence: string): Text => ({
    id: `DITOLAK: tidak terbukti bahwa ${to} entri melanjutkan ${from} entri yang sudah dilihat (${why}). Sejarahnya mungkin ditulis ulang. Tidak ditandatangani. Buktinya: ${evidence}`,
    en: `REFUSED: it is not proven that the ${to} entries continue the ${from} seen before (${why}). Its history may have been rewritten. Not cosigned. The evidence: ${evidence}`,
  }),
  otherOrigin: (found: string, trusted: string): Text => ({
    id: `DITOLAK: kantor sekarang menandatangani dengan nama ${found}, bukan ${trusted} yang Anda percaya. Kunci lama tidak menandatangani alih kunci, seperti setelah pemulihan dari cadangan; tanyakan kepada kantor mengapa, bandingkan entri "logbook.name-begun", lalu berikan kunci barunya dengan --vkey.`,
    en: `REFUSED: the office now signs under the name ${found}, not ${trusted}, which you trust. The old key signed no handover, as after a restore from a backup; ask the office why, compare the entry "logbook.name-begun", then give its new key with --vkey.`,
  }),
  badCheckpoint: (why: string): Text => ({
    id: `DITOLAK: ${why} Tidak ditandatangani.`,
    en: `REFUSED: ${why} Not cosigned.`,
  }),
} as const
