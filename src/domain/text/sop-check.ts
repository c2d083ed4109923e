import type { Text } from '../refused.ts'

const list = (words: readonly (string | number)[]): string => words.join(', ')
const hint = (word: string | null): Text =>
  word === null
    ? { id: '', en: '' }
    : { id: ` Mungkin maksudnya "${word}".`, en: ` Perhaps "${word}" is meant.` }

/** What is wrong with an SOP as a flow of work. Each sentence says what to do. */
export const checkTexts = {
  duplicateStep: (no: number): Text => ({
    id: `Nomor langkah ${no} dipakai dua kali. Beri setiap langkah nomornya sendiri dan sesuaikan panah yang menuju ke sana.`,
    en: `Step number ${no} is used twice. Give every step its own number and adjust the arrows that lead there.`,
  }),
  duplicateActor: (id: string): Text => ({
    id: `Pelaksana "${id}" tercantum dua kali. Hapus salah satu, atau beri id yang berbeda.`,
    en: `The actor "${id}" is listed twice. Remove one, or give it another id.`,
  }),
  duplicateOutcome: (no: number, name: string): Text => ({
    id: `Langkah ${no} mempunyai dua hasil "${name}". Beri setiap hasil id dan label yang berbeda.`,
    en: `Step ${no} has two outcomes "${name}". Give every outcome its own id and label.`,
  }),
  unknownActor: (id: string, near: string | null, known: readonly string[]): Text => ({
    id: `Pelaksana "${id}" tidak ada di daftar actors.${hint(near).id} Tambahkan di sana, atau pilih: ${list(known)}.`,
    en: `The actor "${id}" is not in the list of actors.${hint(near).en} Add it there, or choose one of: ${list(known)}.`,
  }),
  withRepeated: (no: number, id: string): Text => ({
    id: `Pada langkah ${no}, "${id}" disebut lebih dari sekali. Hapus yang berlebih dari "with".`,
    en: `At step ${no}, "${id}" is named more than once. Remove the extra one from "with".`,
  }),
  actorWithoutStep: (title: string): Text => ({
    id: `"${title}" tidak mengerjakan satu langkah pun. Beri ia langkah, sebut di "with", atau hapus dari daftar actors.`,
    en: `"${title}" has no step to do. Give it a step, name it under "with", or remove it from the actors.`,
  }),
  actorMappedToNobody: (title: string, steps: readonly number[]): Text => ({
    id: `Belum ada orang yang ditunjuk sebagai "${title}", sehingga langkah ${list(steps)} tidak dapat dikerjakan. Tunjuk sekurang-kurangnya satu orang.`,
    en: `Nobody is mapped to "${title}", so step ${list(steps)} cannot be done. Map at least one person to it.`,
  }),
  duplicateKind: (id: string): Text => ({
    id: `Jenis permohonan "${id}" tercantum dua kali. Hapus salah satunya.`,
    en: `The request kind "${id}" is listed twice. Remove one of them.`,
  }),
  kindWithoutFulfilment: (id: string): Text => ({
    id: `Jenis permohonan "${id}" tidak dikenal, jadi langkah provision dikerjakan dengan tangan. Tulis fulfilment: manual bila memang demikian, atau pilih fulfilment lain.`,
    en: `The request kind "${id}" is not a known one, so "provision" will be done by hand. Write fulfilment: manual if that is meant, or choose another fulfilment.`,
  }),
  aboutFixed: (id: string, fulfilment: string): Text => ({
    id: `Jenis permohonan "${id}" dengan fulfilment ${fulfilment} sudah menentukan sendiri apa yang disebut pemohon. Hapus about, atau pakai fulfilment: manual.`,
    en: `The request kind "${id}" with the fulfilment ${fulfilment} already fixes what the applicant names. Remove "about", or use fulfilment: manual.`,
  }),
  temporaryWithoutName: (id: string): Text => ({
    id: `Jenis permohonan "${id}" bersifat sementara (temporary) tetapi tidak meminta nama baru. Hapus temporary, atau pakai fulfilment yang membuat nama.`,
    en: `The request kind "${id}" is temporary but asks for no new name. Remove "temporary", or use a fulfilment that makes a name.`,
  }),
  noTerm: {
    id: 'SOP ini melayani pendaftaran ulang tetapi tidak menyebut jangka waktu. Tambahkan, misalnya term: { months: 12 }.',
    en: 'This SOP serves re-registration but states no period. Add one, e.g. term: { months: 12 }.',
  },
  duplicateField: (id: string): Text => ({
    id: `Isian formulir "${id}" tercantum dua kali. Beri id yang berbeda.`,
    en: `The form field "${id}" is listed twice. Give it another id.`,
  }),
  choiceWithoutOptions: (label: string): Text => ({
    id: `Isian pilihan "${label}" tidak mempunyai pilihan. Tambahkan "options" dengan sekurang-kurangnya dua butir.`,
    en: `The choice "${label}" has nothing to choose from. Add "options" with at least two items.`,
  }),
  optionsWithoutChoice: (label: string): Text => ({
    id: `Isian "${label}" mempunyai "options" tetapi bukan pilihan. Ubah type menjadi choice, atau hapus "options".`,
    en: `The field "${label}" has "options" but is no choice. Change its type to choice, or remove "options".`,
  }),
  duplicateOption: (option: string): Text => ({
    id: `Pilihan "${option}" tercantum dua kali. Hapus salah satunya.`,
    en: `The option "${option}" is listed twice. Remove one of them.`,
  }),
  revokedBasis: (cited: string, by: string | null): Text => ({
    id: `${cited} sudah dicabut${by ? ` oleh ${by}` : ''}. Periksa apakah SOP perlu diperbarui; kutipannya tetap ditampilkan apa adanya.`,
    en: `${cited} has been revoked${by ? ` by ${by}` : ''}. See whether the SOP must be renewed; the citation stays as it stands.`,
  }),
  firstNotSubmit: (no: number): Text => ({
    id: `Langkah pertama (${no}) harus "submit": setiap permohonan dimulai dari pengajuan pemohon.`,
    en: `The first step (${no}) must be "submit": every request starts with the applicant's application.`,
  }),
  firstNotApplicant: (title: string): Text => ({
    id: `Langkah pertama dikerjakan "${title}", yang bukan pihak pemohon. Pilih pelaksana dengan party: applicant.`,
    en: `The first step belongs to "${title}", who is not on the applicant's side. Choose an actor with party: applicant.`,
  }),
  targetMissing: (no: number, to: number | 'end', known: readonly number[]): Text => ({
    id: `Panah dari langkah ${no} menuju langkah ${to}, yang tidak ada. Pilih salah satu: ${list(known)}, atau end.`,
    en: `An arrow from step ${no} leads to step ${to}, which does not exist. Choose one of: ${list(known)}, or end.`,
  }),
  nextBesideDecision: (no: number): Text => ({
    id: `Langkah ${no} mempunyai keputusan dan juga "next". Hapus "next"; panah keputusan sudah menentukan arahnya.`,
    en: `Step ${no} has a decision and a "next" as well. Remove "next"; the outcomes already say where to go.`,
  }),
  arrowToItself: (no: number): Text => ({
    id: `Panah langkah ${no} menuju dirinya sendiri. Arahkan ke langkah lain; selama belum selesai, langkah memang tetap terbuka.`,
    en: `An arrow of step ${no} leads to itself. Lead it to another step; a step stays open anyway until it is finished.`,
  }),
  returnNotBack: (no: number, label: string): Text => ({
    id: `Hasil "${label}" pada langkah ${no} adalah pengembalian, tetapi tidak menuju langkah sebelumnya. Arahkan ke langkah sebelumnya, atau ubah kind.`,
    en: `The outcome "${label}" of step ${no} is a return but does not lead to an earlier step. Lead it to one, or change its kind.`,
  }),
  decisionMissing: (no: number): Text => ({
    id: `Langkah ${no} adalah keputusan tetapi tidak mempunyai hasil. Tambahkan "decision" dengan sekurang-kurangnya dua "outcomes".`,
    en: `Step ${no} is a decision but has no outcomes. Add "decision" with at least two "outcomes".`,
  }),
  effectWithDecision: (no: number, activity: string): Text => ({
    id: `Langkah ${no} (${activity}) dikerjakan sistem setelah petugas menyetujuinya, sehingga tidak dapat memuat keputusan. Pindahkan keputusannya ke langkah tersendiri.`,
    en: `Step ${no} (${activity}) is carried out by the system once confirmed, so it cannot hold a decision. Move the decision to a step of its own.`,
  }),
  outcomesAlike: (no: number): Text => ({
    id: `Semua hasil keputusan langkah ${no} menuju tempat yang sama. Periksa tujuannya, atau hapus keputusannya.`,
    en: `All outcomes of step ${no} lead to the same place. Check where they lead, or remove the decision.`,
  }),
  symbolMismatch: (no: number, symbol: string): Text => ({
    id: `Simbol "${symbol}" tidak cocok dengan tempat langkah ${no} dalam alur. Ubah atau hapus "symbol".`,
    en: `The symbol "${symbol}" does not fit step ${no}'s place in the flow. Change or remove "symbol".`,
  }),
  refusalStepMissing: (no: number, known: readonly number[]): Text => ({
    id: `"refusal" menyebut langkah ${no}, yang tidak ada. Pilih salah satu: ${list(known)}.`,
    en: `"refusal" names step ${no}, which does not exist. Choose one of: ${list(known)}.`,
  }),
  refusalByApplicant: (no: number): Text => ({
    id: `Langkah ${no} dikerjakan pemohon, yang tidak menolak permohonannya sendiri. Hapus dari refusal.from; pemohon dapat menarik permohonannya kapan saja.`,
    en: `Step ${no} is the applicant's, who does not refuse their own request. Remove it from refusal.from; applicants may withdraw at any time.`,
  }),
  unreachable: (no: number): Text => ({
    id: `Langkah ${no} tidak pernah tercapai. Arahkan panah dari langkah lain ke sana, atau hapus langkahnya.`,
    en: `Step ${no} is never reached. Lead an arrow of another step to it, or remove the step.`,
  }),
  loop: (ring: readonly number[], last: number): Text => ({
    id: `Permohonan yang sampai di langkah ${list(ring)} tidak dapat keluar lagi. Beri langkah ${last} panah ke langkah lain atau ke end.`,
    en: `A request that gets to step ${list(ring)} can never leave. Give step ${last} an arrow to another step or to end.`,
  }),
  noPathToEnd: {
    id: 'Tidak ada jalan dari langkah pertama sampai selesai. Arahkan salah satu langkah ke end.',
    en: 'There is no way from the first step to the end. Lead one of the steps to end.',
  },
  noProvision: (kind: string): Text => ({
    id: `Jenis "${kind}" memerlukan langkah "provision", tetapi permohonan yang disetujui tidak pernah melewatinya. Tambahkan langkah itu, atau tulis fulfilment: manual.`,
    en: `The kind "${kind}" needs a "provision" step, but a granted request never passes one. Add the step, or write fulfilment: manual.`,
  }),
  provisionBeforeSubmit: (no: number): Text => ({
    id: `Langkah ${no} membuat layanan sebelum ada permohonan. Letakkan sesudah langkah "submit".`,
    en: `Step ${no} creates the service before anybody has applied. Put it after the "submit" step.`,
  }),
  refusedIntoProvision: (no: number): Text => ({
    id: `Permohonan yang ditolak di sini masih dapat sampai ke langkah ${no}, yang membuat layanan. Arahkan penolakan ke langkah sesudahnya, atau ke end.`,
    en: `A request refused here can still get to step ${no}, which creates the service. Lead the refusal to a step after it, or to end.`,
  }),
  refusalAfterProvision: (no: number): Text => ({
    id: `Langkah ${no} dapat menolak sesudah layanan dibuat, sehingga layanan tetap hidup. Batasi refusal.from pada langkah sebelum "provision".`,
    en: `Step ${no} may refuse after the service was created, which would leave it running. Keep refusal.from to steps before "provision".`,
  }),
  effectByApplicant: (no: number): Text => ({
    id: `Langkah ${no} adalah pekerjaan kantor tetapi pelaksananya pemohon. Pilih pelaksana dari pihak kantor.`,
    en: `Step ${no} is the office's work but belongs to the applicant. Choose an actor of the office.`,
  }),
  paperBeforeProvision: (no: number): Text => ({
    id: `Langkah ${no} menyerahkan hasil atau mengirim balasan sebelum layanan dibuat. Periksa urutannya.`,
    en: `Step ${no} hands over or replies before the service is created. Check the order.`,
  }),
  endWithoutProvision: (no: number, label: string | null): Text => ({
    id: `${label ? `Hasil "${label}" pada langkah` : 'Langkah'} ${no} mengakhiri permohonan tanpa membuat layanan. Bila ini penolakan, tulis keputusan dengan kind: refuse.`,
    en: `${label ? `The outcome "${label}" of step` : 'Step'} ${no} ends the request without creating the service. If this is a refusal, write an outcome with kind: refuse.`,
  }),
  requirementTooEarly: (text: string, no: number, from: string): Text => ({
    id: `"${text}" harus ada di langkah ${no}, tetapi "${from}" baru bertugas sesudahnya. Pilih pemberi lain, atau pakai need: later dengan dueAt.`,
    en: `"${text}" must be there at step ${no}, but "${from}" only comes in after it. Choose another giver, or use need: later with dueAt.`,
  }),
  dueWithoutLater: (text: string): Text => ({
    id: `"${text}" mempunyai dueAt tetapi bukan need: later, sehingga dueAt diabaikan. Hapus dueAt atau ubah need.`,
    en: `"${text}" has dueAt but is not need: later, so dueAt is ignored. Remove dueAt or change need.`,
  }),
  laterWithoutDocument: (text: string): Text => ({
    id: `"${text}" boleh menyusul, tetapi tidak menyebut dokumennya. Tambahkan "document" agar dapat diunggah.`,
    en: `"${text}" may come later but names no document. Add "document" so that it can be uploaded.`,
  }),
  laterWithoutDue: (text: string): Text => ({
    id: `"${text}" boleh menyusul, tetapi tidak disebut sampai kapan. Tambahkan dueAt dengan nomor langkah.`,
    en: `"${text}" may come later, but not until when. Add dueAt with a step number.`,
  }),
  dueStepMissing: (text: string, no: number): Text => ({
    id: `"${text}" harus ada sebelum langkah ${no} selesai, tetapi langkah itu tidak ada. Ubah dueAt.`,
    en: `"${text}" is due at step ${no}, which does not exist. Change dueAt.`,
  }),
  dueNotAfter: (text: string, due: number, no: number): Text => ({
    id: `"${text}" boleh menyusul sampai langkah ${due}, tetapi langkah itu tidak tercapai sesudah langkah ${no}. Pilih langkah sesudahnya.`,
    en: `"${text}" is due at step ${due}, but that step does not come after step ${no}. Choose a later one.`,
  }),
  waivableWithoutDocument: (text: string): Text => ({
    id: `"${text}" dapat dikecualikan tetapi tidak menyebut dokumen, sehingga tidak ada yang dikecualikan. Tambahkan "document" atau hapus "waivable".`,
    en: `"${text}" can be waived but names no document, so there is nothing to waive. Add "document" or remove "waivable".`,
  }),
  duplicateRequirement: (no: number, text: string): Text => ({
    id: `Langkah ${no} meminta "${text}" dua kali. Hapus salah satunya, atau beri "document" yang berbeda.`,
    en: `Step ${no} asks for "${text}" twice. Remove one, or give it another "document".`,
  }),
  nothingToDeliver: (no: number): Text => ({
    id: `Langkah ${no} menyampaikan dokumen, tetapi tidak disebut dokumen apa. Tambahkan requirement dengan "document".`,
    en: `Step ${no} delivers a document but does not say which. Add a requirement with "document".`,
  }),
  nothingToCheck: (no: number): Text => ({
    id: `Langkah ${no} memeriksa kelengkapan, tetapi tidak mempunyai "requirements" untuk diperiksa. Tuliskan butir-butirnya.`,
    en: `Step ${no} checks completeness but has no "requirements" to check. Write them down.`,
  }),
  waitsForNobody: (no: number, document: string, near: string | null): Text => ({
    id: `Langkah ${no} menunggu "${document}", tetapi tidak ada yang diminta menyerahkannya.${hint(near).id} Tambahkan requirement dengan document: ${document}.`,
    en: `Step ${no} waits for "${document}", but nobody is asked to deliver it.${hint(near).en} Add a requirement with document: ${document}.`,
  }),
  waitsTooEarly: (no: number, document: string, asked: number): Text => ({
    id: `Langkah ${no} menunggu "${document}", yang baru diminta pada langkah ${asked}. Minta lebih awal, atau tunggu di langkah sesudahnya.`,
    en: `Step ${no} waits for "${document}", which is asked for only at step ${asked}. Ask earlier, or wait at a later step.`,
  }),
  durationLong: (no: number): Text => ({
    id: `Waktu baku langkah ${no} lebih dari setengah tahun. Periksa angka dan satuannya.`,
    en: `The standard time of step ${no} is more than half a year. Check the number and the unit.`,
  }),
  durationShort: (no: number): Text => ({
    id: `Waktu baku langkah ${no} kurang dari satu menit. Periksa angka dan satuannya.`,
    en: `The standard time of step ${no} is less than a minute. Check the number and the unit.`,
  }),
  startStepMissing: (no: number, start: number): Text => ({
    id: `Waktu baku langkah ${no} dihitung sejak langkah ${start}, yang tidak ada. Ubah startsAt.`,
    en: `The standard time of step ${no} runs from step ${start}, which does not exist. Change startsAt.`,
  }),
  startNotBefore: (no: number, start: number): Text => ({
    id: `Waktu baku langkah ${no} dihitung sejak langkah ${start}, yang tidak mendahuluinya. Pilih langkah sebelumnya.`,
    en: `The standard time of step ${no} runs from step ${start}, which does not come before it. Choose an earlier step.`,
  }),
  markWithoutField: (field: string): Text => ({
    id: `Tanda ini menunjuk "${field}", yang tidak ada di dokumen. Langkah disebut dengan nomornya dan butir daftar dengan urutannya dari 1, misalnya steps.3.actor.`,
    en: `This mark points to "${field}", which the document does not have. Steps go by their number and list items by position from 1, e.g. steps.3.actor.`,
  }),
  duplicateMark: (field: string): Text => ({
    id: `"${field}" ditandai dua kali; hanya tanda pertama yang ditampilkan. Gabungkan catatannya.`,
    en: `"${field}" is marked twice; only the first mark is shown. Merge the notes.`,
  }),
} as const
