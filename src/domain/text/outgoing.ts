import type { Text } from '../refused.ts'

export const outgoingNotAllowed = (host: string): Text => ({
  id: `Ranah tidak menghubungi ${host}: alamatnya bukan alamat internet umum dan belum diizinkan. Tidak ada yang dikirim. Bila itu server milik instansi sendiri, minta pengelola portal menambahkan jaringannya pada RANAH_OWN_NETWORKS lalu menjalankan ulang portal.`,
  en: `Ranah does not connect to ${host}: its address is not on the public internet and was not allowed. Nothing was sent. If it is your own server, ask whoever runs the portal to add its network to RANAH_OWN_NETWORKS and to restart the portal.`,
})
