import type { Text } from '../refused.ts'

const kept = {
  id: 'Tidak ada yang hilang; sistem mencoba lagi.',
  en: 'Nothing was lost; the system will try again.',
}
const prepare = 'ranah swarm prepare'

/** What can stand between Ranah and a Docker Swarm, and what it says of itself. */
export const swarmText = {
  notReached: (where: string): Text => ({
    id: `Docker di node ${where} tidak dapat dihubungi lewat SSH. ${kept.id} Periksa apakah node hidup, Docker berjalan, dan akun "ranah" ada di grup docker.`,
    en: `Docker on the node ${where} cannot be reached by SSH. ${kept.en} Check that the node is up, Docker runs, and the account "ranah" is in the group docker.`,
  }),
  strangeAnswer: (where: string): Text => ({
    id: `Docker di node ${where} menjawab dengan bentuk yang tidak dikenal, jadi hasilnya belum diketahui. ${kept.id}`,
    en: `Docker on the node ${where} answered in a form that is not known, so the outcome is unknown. ${kept.en}`,
  }),
  refused: (where: string, said: string): Text => ({
    id: `Docker di node ${where} menolak: ${said || '-'}. ${kept.id}`,
    en: `Docker on the node ${where} refused: ${said || '-'}. ${kept.en}`,
  }),
  outOfStep: (where: string): Text => ({
    id: `Layanan Swarm di ${where} diubah pihak lain pada saat yang sama, jadi perubahan ini belum dibuat. ${kept.id}`,
    en: `The service of the Swarm at ${where} was changed by somebody else at the same moment, so this change was not made yet. ${kept.en}`,
  }),
  keyRefused: (where: string): Text => ({
    id: `Node ${where} menolak kunci Ranah. ${kept.id} Pasang kembali kuncinya di akun "ranah" pada node itu.`,
    en: `The node ${where} refuses Ranah's key. ${kept.en} Put the key back into the account "ranah" on that node.`,
  }),
  full: (where: string): Text => ({
    id: `Diska node ${where} penuh, jadi Docker di sana tidak dapat menyimpan apa pun. ${kept.id} Kosongkan ruang di /var/lib/docker; situs yang berjalan tidak terganggu.`,
    en: `The disk of the node ${where} is full, so that Docker can store nothing there. ${kept.en} Make room in /var/lib/docker; sites that run are not affected.`,
  }),
  noManager: {
    id: `Tidak ada manajer Swarm yang menjawab. ${kept.id} Periksa node manajer.`,
    en: `No manager of the Swarm answers. ${kept.en} Check the manager nodes.`,
  },
  inactive: (where: string): Text => ({
    id: `Node ${where} bukan bagian dari Swarm. ${kept.id} Gabungkan dengan "docker swarm join".`,
    en: `The node ${where} is not part of a Swarm. ${kept.en} Join it with "docker swarm join".`,
  }),
  otherSwarm: (where: string): Text => ({
    id: `Node ${where} bukan bagian dari Swarm yang sama dengan node lainnya. Tidak ada yang berubah.`,
    en: `The node ${where} is not part of the same Swarm as the others. Nothing was changed.`,
  }),
  nodeNotReached: (name: string): Text => ({
    id: `Node ${name} hidup menurut Swarm, tetapi Ranah tidak dapat menghubunginya. ${kept.id} Daftarkan node itu, perbaiki sambungannya, atau lepaskan label ranah-sites darinya.`,
    en: `The node ${name} is up as the Swarm says, but Ranah cannot reach it. ${kept.en} Enter that node, mend its connection, or take the label ranah-sites off it.`,
  }),
  notPrepared: {
    id: `Swarm belum disiapkan untuk situs. ${kept.id} Jalankan "${prepare}".`,
    en: `The Swarm is not prepared for sites. ${kept.en} Run "${prepare}".`,
  },
  nodeNotPrepared: (name: string): Text => ({
    id: `Node ${name} belum memiliki image dasar. ${kept.id} Jalankan "${prepare}".`,
    en: `The node ${name} does not have the base image. ${kept.en} Run "${prepare}".`,
  }),
  imageMissing: (image: string): Text => ({
    id: `Image ${image} tidak ada di node mana pun. Tidak ada yang berubah; impor dahulu di salah satu node.`,
    en: `The image ${image} is on none of the nodes. Nothing was changed; import it on one of them first.`,
  }),
  nameTooLong: (fqdn: string, most: number): Text => ({
    id: `Nama ${fqdn} terlalu panjang untuk Swarm (paling banyak ${most} karakter). Tidak ada yang berubah. Pilih server lain.`,
    en: `The name ${fqdn} is too long for the Swarm (at most ${most} characters). Nothing was changed. Choose another host.`,
  }),
  damaged: (service: string): Text => ({
    id: `Catatan pada layanan Swarm ${service} rusak. Situsnya tetap berjalan; perbaiki label layanannya.`,
    en: `The record on the Swarm service ${service} is damaged. Its site keeps running; mend the labels of the service.`,
  }),
  notRunning: (fqdn: string, why: string): Text => ({
    id: `Kontainer situs ${fqdn} belum berjalan seperti seharusnya${why && ` (${why})`}. ${kept.id} Situs lain tidak terganggu.`,
    en: `The containers of the site ${fqdn} do not run as they should yet${why && ` (${why})`}. ${kept.en} Other sites are not affected.`,
  }),
  edgeNotRunning: (why: string): Text => ({
    id: `Layanan ranah-edge belum berjalan di setiap node${why && ` (${why})`}. Tidak ada yang hilang; perbaiki sebabnya lalu jalankan "${prepare}" lagi.`,
    en: `The service ranah-edge does not run on every node yet${why && ` (${why})`}. Nothing was lost; mend the cause and run "${prepare}" again.`,
  }),
  edgeSilent: (fqdn: string): Text => ({
    id: `Tepi Swarm belum menunjukkan keadaan baru situs ${fqdn}. ${kept.id} Uji sambungan server ini di portal.`,
    en: `The edge of the Swarm does not show the new state of the site ${fqdn} yet. ${kept.en} Test the connection of this server in the portal.`,
  }),
  uploadOnly: {
    id: 'Situs ini berada di Docker Swarm: isinya diganti dengan mengunggah ZIP di portal. Tidak ada kata sandi atau SFTP, jadi tidak ada yang diganti.',
    en: 'This site is on a Docker Swarm: its content is replaced by uploading a ZIP in the portal. There is no password and no SFTP, so nothing was replaced.',
  },
  found: {
    node: (where: string, name: string, version: string, isManager: boolean): Text => ({
      id: `Node ${name} (${where}) menjawab: Docker ${version}, ${isManager ? 'manajer' : 'pekerja'}.`,
      en: `The node ${name} (${where}) answers: Docker ${version}, ${isManager ? 'manager' : 'worker'}.`,
    }),
    down: (name: string): Text => ({
      id: `Node ${name} mati menurut Swarm. Situs berjalan di node lain.`,
      en: `The node ${name} is down as the Swarm says. Sites run on the others.`,
    }),
    lacks: (name: string, images: number): Text => ({
      id: `Node ${name} belum memiliki ${images} image. Situs di node lain tetap berjalan; sistem menyalinnya sendiri dalam satu jam, atau segera dengan "${prepare}".`,
      en: `The node ${name} lacks ${images} images. Sites on the other nodes run on; the system copies them by itself within the hour, or "${prepare}" does at once.`,
    }),
    edges: (running: number, wanted: number): Text => ({
      id: `Tepi berjalan di ${running} dari ${wanted} node yang hidup.`,
      en: `The edge runs on ${running} of ${wanted} nodes that are up.`,
    }),
    web: (where: string, isUp: boolean): Text => ({
      id: isUp ? `Situs dapat dicapai di ${where}.` : `Tidak ada yang menjawab di ${where}. Buka portnya.`,
      en: isUp ? `Sites can be reached at ${where}.` : `Nothing answers at ${where}. Open its port.`,
    }),
    offers: (kinds: Text): Text => ({
      id: `Swarm ini menyediakan ${kinds.id}, dengan unggahan ZIP saja: tanpa PHP, basis data, SFTP, dan HTTPS dari Ranah. HTTPS dipasang di penyeimbang beban di depannya.`,
      en: `This Swarm offers ${kinds.en}, by ZIP upload only: no PHP, no database, no SFTP and no HTTPS by Ranah. Put HTTPS on the load balancer in front of it.`,
    }),
  },
  change: {
    network: (name: string): Text => ({
      id: `Buat jaringan overlay ${name}.`,
      en: `Create the overlay network ${name}.`,
    }),
    label: (name: string): Text => ({
      id: `Beri node ${name} label ranah-sites=yes.`,
      en: `Give the node ${name} the label ranah-sites=yes.`,
    }),
    image: (name: string, image: string): Text => ({
      id: `Salin image ${image} ke node ${name}.`,
      en: `Copy the image ${image} to the node ${name}.`,
    }),
    edge: (port: number): Text => ({
      id: `Jalankan layanan ranah-edge (nginx) di setiap node berlabel, port ${port}.`,
      en: `Run the service ranah-edge (nginx) on every labelled node, port ${port}.`,
    }),
  },
  fewManagers: (managers: number): Text => ({
    id: `Swarm ini punya ${managers} manajer di antara node yang disebut. Dengan kurang dari tiga, hilangnya satu manajer menghentikan setiap perubahan; situs tetap berjalan.`,
    en: `This Swarm has ${managers} managers among the nodes named. With fewer than three the loss of one stops every change; sites run on.`,
  }),
  nothing: {
    id: 'Tidak ada yang perlu diubah.',
    en: 'Nothing needs to change.',
  },
  ready: {
    id: 'Swarm siap. Daftarkan di portal dengan node, kunci, dan image yang sama.',
    en: 'The Swarm is ready. Add it in the portal with the same nodes, key and image.',
  },
} as const
