import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import type { Actor, SignedIn } from '#activity/actor.ts';
import { aFormFile } from '#contributions/examples.ts';
import { importSubmissions } from '#contributions/intake/importing.server.ts';
import { zipSource } from '#contributions/intake/sources.server.ts';
import { submissionsOf } from '#contributions/submissions.server.ts';
import type { Submission } from '#contributions/submission.ts';
import type { SubmissionDraft } from '#contributions/submitting.server.ts';
import type { Database } from '#database/connection.server.ts';
import { anAccount } from '#people/examples.ts';
import { openTopic, publishTopic } from '#topics/opening.server.ts';
import { setQuestions } from '#topics/questions.server.ts';
import { setStages } from '#topics/stages/staging.server.ts';
import { topicKeys, type TopicKeys } from '#topics/topic-keys.server.ts';
import { fileStore, type FileStore } from '#files/store.server.ts';

export async function temporaryFiles(database: Database): Promise<FileStore> {
	return fileStore(database, await mkdtemp(join(tmpdir(), 'open-talks-files-')));
}

/** A published topic that takes submissions for an hour more. */
export async function aTopicOpenForSubmissions(database: Database, slug: string): Promise<{ topicId: string; keys: TopicKeys }> {
	const staff: Actor = { kind: 'job', name: 'examples' };
	const texts = { title: { en: 'The role of governments' }, summary: { en: 'What should it be?' } };
	const { topicId } = await openTopic(database, { texts, defaultLanguage: 'en', languages: ['en'], address: slug }, staff);
	await setQuestions(database, topicId, [{ questionId: null, texts: { text: { en: 'What is their role?' } } }], staff);
	const [opensAt, closesAt] = [-3_600_000, 3_600_000].map((shift) => new Date(Date.now() + database.clockShift + shift));
	const stage = { stageId: null, zone: 'UTC', texts: { name: { en: 'Online' } }, opensAt: opensAt!, closesAt: closesAt! };
	const takes = { takesIdeas: true, takesSubmissions: true, takesComments: true, takesOpinions: 'shown' } as const;
	await setStages(database, topicId, [{ ...stage, ...takes }], staff);
	await publishTopic(database, topicId, staff);
	return {
		topicId,
		keys: topicKeys({ folder: await mkdtemp(join(tmpdir(), 'open-talks-keys-')), secret: 'a secret of the tests' })
	};
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

export function aSubmissionDraft(topicId: string, changes: Partial<SubmissionDraft> = {}): SubmissionDraft {
	return {
		topicId,
		title: 'Our view',
		text: 'Governments should listen.',
		file: null,
		questionId: null,
		language: 'en',
		attribution: 'anonymous',
		name: null,
		channel: 'web',
		requestKey: null,
		...changes
	};
}

/** A rapporteur of the topic; different letters are different people. */
export function aRapporteur(topicId: string, letter: 'a' | 'b' | 'c' = 'a'): SignedIn {
	return anAccount({
		accountId: `00000000-0000-7000-8000-0000000000${letter}${letter}`,
		roles: [{ role: 'rapporteur', topicId }]
	});
}
