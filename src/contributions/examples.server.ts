import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import type { Actor } from '#activity/actor.ts';
import { aFormFile } from '#contributions/examples.ts';
import { importSubmissions } from '#contributions/intake/importing.server.ts';
import { zipSource } from '#contributions/intake/sources.server.ts';
import { submissionsOf } from '#contributions/submissions.server.ts';
import type { Submission } from '#contributions/submission.ts';
import type { Database } from '#database/connection.server.ts';
import { fileStore, type FileStore } from '#files/store.server.ts';

export async function temporaryFiles(database: Database): Promise<FileStore> {
	return fileStore(database, await mkdtemp(join(tmpdir(), 'open-talks-files-')));
}

/** Submissions with these documents (and what else their forms say), brought into the topic. */
export async function someSubmissions(
	database: Database,
	topicId: string,
	forms: readonly Parameters<typeof aFormFile>[0][]
): Promise<Submission[]> {
	const zip = zipSync(
		Object.fromEntries(forms.map((form, index) => [`${String(index + 1).padStart(3, '0')}A.txt`, strToU8(aFormFile(form))]))
	);
	const staff: Actor = { kind: 'job', name: 'examples' };
	await importSubmissions(database, await temporaryFiles(database), zipSource(zip), topicId, staff);
	return submissionsOf(database, topicId);
}

/** A rapporteur of the topic; different letters are different people. */
export function aRapporteur(topicId: string, letter: 'a' | 'b' | 'c' = 'a'): Extract<Actor, { kind: 'account' }> {
	return {
		kind: 'account',
		accountId: `00000000-0000-7000-8000-0000000000${letter}${letter}`,
		visitorId: null,
		roles: [{ role: 'rapporteur', topicId }],
		secondFactor: true
	};
}
