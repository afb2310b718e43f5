import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SignedIn } from '#activity/actor.ts';
import { inTransaction, nilTopic, type Database } from '#database/connection.server.ts';
import { uuidv7 } from '#database/ids.ts';
import { anOpenTopic, temporaryKeys } from '#ideas/examples.server.ts';
import { mails, type QueuedMail } from '#mail/mail.server.ts';
import { outcomesOf } from '#newsroom/notices/outcomes.server.ts';
import { sendNotice } from '#newsroom/notices/sending.server.ts';
import { spreadNotice } from '#newsroom/notices/spreading.server.ts';
import { saveNotice, type WrittenNotice } from '#newsroom/notices/writing.server.ts';
import { newsLinks } from '#newsroom/unsubscribing.server.ts';
import { makeAccount } from '#people/accounts.server.ts';
import { participantOf } from '#topics/participants/participants.server.ts';

/** The secretariat of an instance with all that notices are sent by. */
export async function aNewsroom(database: Database) {
	const keys = await temporaryKeys();
	const data = mkdtempSync(join(tmpdir(), 'open-talks-notices-'));
	const links = await newsLinks({ data, secret: 'a secret of this test' });
	const secretary: SignedIn = {
		...(await anAccount(database, 'secretary@example.org')),
		roles: [{ role: 'secretariat', topicId: nilTopic }]
	};
	return { keys, links, secretary, wishes: { keys, links, origin: 'https://talks.example.org' } };
}

/** A talk in which six people take part, of whom the second reads French; somebody else has an account only. */
export async function aTalkOfSix(database: Database, { keys, secretary, wishes }: Awaited<ReturnType<typeof aNewsroom>>) {
	const { topicId, slug } = await anOpenTopic(database);
	const mark = uuidv7().slice(-12);
	const address = (index: number) => `p${index}-${mark}@example.org`;
	const people: SignedIn[] = [];
	for (let index = 0; index < 6; index++) people.push(await anAccount(database, address(index), index === 1 ? 'fr' : 'en'));
	for (const person of people) await inTransaction(database, (transaction) => participantOf(transaction, keys, topicId, person));
	await anAccount(database, `other-${mark}@example.org`);

	async function aNotice(differences: Partial<WrittenNotice> = {}): Promise<string> {
		const noticeId = uuidv7();
		const texts = {
			title: { en: 'Stage two', fr: 'Deuxième étape' },
			text: { en: 'It **opens** on [Monday](https://x.org).', fr: 'Lundi.' }
		};
		const whom = { audience: 'everybody', audienceKey: '', isPublic: true } as const;
		await saveNotice(database, { topicId, noticeId, ...whom, texts, ...differences }, secretary);
		return noticeId;
	}

	async function mailsOf(...kinds: string[]): Promise<QueuedMail[]> {
		const { rows } = await database.query<{ id: string }>(
			`select mail_id as id from mails where kind = any ($1::text[]) and to_address like $2 order by to_address, mail_id`,
			[kinds, `%${mark}%`]
		);
		const all: QueuedMail[] = [];
		for (const { id } of rows) all.push((await mails(database, {})).find(({ mailId }) => mailId === id)!);
		return all;
	}

	return {
		...{ topicId, slug, mark, people, address, aNotice, mailsOf },
		receivers: async (...kinds: string[]) => (await mailsOf(...kinds)).map(({ to }) => to),
		sent: (noticeId: string, way: 'now' | 'digest' = 'now') => sendNotice(database, topicId, noticeId, way, secretary),
		spread: (noticeId: string) => spreadNotice(database, { topicId, noticeId }, wishes),
		outcome: async (noticeId: string) => (await outcomesOf(database, topicId, [noticeId], secretary)).get(noticeId)
	};
}

async function anAccount(database: Database, email: string, language: 'en' | 'fr' = 'en'): Promise<SignedIn> {
	const { accountId } = await inTransaction(database, (transaction) =>
		makeAccount(transaction, { email, name: 'Ana', language })
	);
	return { kind: 'account', accountId, visitorId: null, roles: [], secondFactor: true };
}
