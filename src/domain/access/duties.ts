import type { Role } from './roles.ts'
import { deskRoles } from './roles.ts'

/** Which roles carry which duty of an office. The table of routes and the actions read the same lists. */

/** Those who read what the desk keeps: the desk itself and who audits it. */
export const deskReaders: readonly Role[] = [...deskRoles, 'auditor']
export const administrators: readonly Role[] = ['administrator']
/** Those who let others in: an operator applicants only, see the actions. */
export const inviters: readonly Role[] = ['administrator', 'operator']
/** Those who read by which paper everybody is what they are. */
export const appointmentReaders: readonly Role[] = ['administrator', 'operator', 'head-of-office', 'auditor']
export const agencyEditors: readonly Role[] = ['administrator', 'operator']
/** Those who write an application: for their agency, or for a letter that came to the counter. */
export const requestWriters: readonly Role[] = ['applicant', 'operator']
export const serverReaders: readonly Role[] = ['administrator', 'operator', 'auditor']
export const serverTesters: readonly Role[] = ['administrator', 'operator']
export const signatoryReaders: readonly Role[] = ['administrator', 'head-of-office', 'auditor']
/** Those who bring the records of a zone into the registry. */
export const importers: readonly Role[] = ['operator', 'administrator']
/** Those who have a zone compared now. */
export const comparers: readonly Role[] = ['operator', 'head-of-division', 'administrator']
/** Those who propose what becomes of a difference. */
export const findingProposers: readonly Role[] = ['operator', 'head-of-division']
/** Those who confirm what somebody else proposed. */
export const findingConfirmers: readonly Role[] = ['head-of-division', 'head-of-office']
/** Those who turn a proposal down: whoever may propose or confirm one. */
export const findingRefusers: readonly Role[] = ['operator', 'head-of-division', 'head-of-office']
/** Those who prepare the notice that a service will be deactivated. */
export const noticeWriters: readonly Role[] = ['operator', 'head-of-division', 'head-of-office']
/** Those who answer the security checklist of a service: its agency, or the operator. */
export const checklistWriters: readonly Role[] = ['applicant', 'operator']
/** Those who let a service run although a security function is not met. */
export const checklistWaivers: readonly Role[] = ['head-of-division']
/** Those who release a file that the malware scanner holds back. */
export const releasers: readonly Role[] = ['head-of-division', 'head-of-office']
/** Those who void a letter: whoever signs for the office, and the administrator. */
export const voiders: readonly Role[] = ['head-of-office', 'administrator']
/** Those who lay a letter before somebody else. */
export const reassigners: readonly Role[] = ['head-of-office', 'head-of-division', 'administrator']
/** Those who take the logbook out of the house. */
export const exporters: readonly Role[] = ['auditor', 'administrator', 'head-of-office', 'head-of-division']
/** Those who keep the archive: they hold records, propose what is due, and carry out what was approved. */
export const archivists: readonly Role[] = ['operator', 'administrator']
/** Those who hold a record back from destruction, and let it go again. */
export const recordHolders: readonly Role[] = deskRoles
/** Those who approve that records are destroyed, never their own proposal. */
export const disposalApprovers: readonly Role[] = ['head-of-office']
/** Those who take a record out of a proposal, or call it off. */
export const disposalKeepers: readonly Role[] = [...archivists, ...disposalApprovers]
