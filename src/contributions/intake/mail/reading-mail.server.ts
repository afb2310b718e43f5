import { submissionLimits } from '#contributions/submission.ts';
import { inTransaction, nilTopic, type Database, type Transaction } from '#database/connection.server.ts';
import { bytesOf, type FileStore } from '#files/store.server.ts';
import { addJob } from '#jobs/jobs.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { detectLanguage } from '#languages/detection.server.ts';
import { isLanguage, pathInLanguage, type Language } from '#languages/languages.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { codePoints, isolated } from '#languages/usable.ts';
import { queueMail } from '#mail/mail.server.ts';
import { isUnreachable, noteUnreachable } from '#mail/unreachable.server.ts';
import { topicOf } from '#topics/reading.server.ts';
import { largestFile } from '../recognising.ts';
import type { MailInLinks } from './links.server.ts';
import { parseInThread } from './parsing.server.ts';
import type { Attached, ParsedMail } from './parsing.ts';
import { ownWords } from './quoting.ts';

export interface ReadingWishes {
	readonly links: MailInLinks;
	/** of the links in the mail: https://talks.example.org */
	readonly origin: string;
	/** whence our own mails come */
	readonly ownAddress: string;
}

/** Of mails that ask for a confirmation. */
const confirmMail = 'confirm-mail-in';
/** Whoever sends in another's name must not make us write to that person again and again. */
const asksADay = 5;

type KnownMail = Readonly<{
	topicId: string;
	mailInId: string;
	sha256: string | null;
	sender: string | null;
	way: string;
	receivedAt: Date;
}>;

/**
 * Reads a mail that came in, once: its words, its attachments, whether a person wrote it. One that may become a submission is held, and its
 * sender is asked to confirm it; others end here, with the reason. Nobody is asked for what came in a file. For the jobs process.
 */
export async function readMail(
	database: Database,
	files: FileStore,
	{ topicId, mailInId }: { topicId: string; mailInId: string },
	wishes: ReadingWishes
): Promise<void> {
	const { rows } = await database.query<KnownMail>(
		`
			select m.topic_id as "topicId", m.mail_in_id as "mailInId", encode(m.file_sha256, 'hex') as sha256, m.sender, m.way,
				m.received_at as "receivedAt"
			from mails_in m
			left join mail_in_readings r using (topic_id, mail_in_id)
			where m.topic_id = $1 and m.mail_in_id = $2 and r.read_at is null and m.file_sha256 is not null`,
		[topicId, mailInId]
	);
	const mail = rows[0];
	if (!mail?.sha256) return;
	const bytes = await bytesOf(files, mail.sha256);
	const parsed = (await parseInThread({ bytes, sender: mail.sender, ownAddress: wishes.ownAddress })) ?? broken;
	if (topicId === nilTopic) return inTransaction(database, (transaction) => takeBack(transaction, mail, parsed));
	const words = ownWords(parsed.pieces);
	const language = await detectLanguage(`${parsed.subject}\n${words}`);
	const kept = await keepAttached(files, parsed.attached);
	const reason = whyRefused(parsed, words, kept);
	await inTransaction(database, async (transaction) => {
		const isHeld = reason === null && (parsed.automatic === null || parsed.automatic === 'list');
		const asks = isHeld && mail.way !== 'file' && parsed.automatic === null;
		// two processes may read the same mail: what the first noted holds
		if (!(await note(transaction, mail, parsed, language))) return;
		if (asks) await ask(transaction, mail, parsed.from.address, language, wishes);
		await noteAttached(transaction, mail, kept);
		if (!isHeld)
			await transaction.query(
				`
					insert into mail_in_decisions (topic_id, mail_in_id, version, decision, reason, decided_at)
					values ($1, $2, 1, $3, $4, $5)`,
				[topicId, mailInId, parsed.automatic ? 'automatic' : 'refused', reason ?? parsed.automatic ?? '', transaction.at]
			);
		if (parsed.report) await noteUnreachable(transaction, parsed.report);
	});
}

const broken: ParsedMail = {
	from: { address: '', name: '' },
	subject: '',
	messageId: '',
	automatic: null,
	report: null,
	pieces: [],
	attached: [],
	refused: 'broken'
};

/** What came back to the address from which we write: noted, and forgotten. */
async function takeBack(transaction: Transaction, { mailInId, sha256 }: KnownMail, { report }: ParsedMail): Promise<void> {
	if (report) await noteUnreachable(transaction, report);
	await transaction.query(`delete from mails_in where topic_id = $1 and mail_in_id = $2`, [nilTopic, mailInId]);
	if (sha256)
		await addJob(transaction, 'contributions.drop-file', { topicId: nilTopic, sha256 }, { jobKey: `drop file ${sha256}` });
}

function whyRefused({ automatic, refused }: ParsedMail, words: string, kept: readonly KeptFile[]): string | null {
	if (refused !== null) return refused;
	if (automatic !== null && automatic !== 'list') return null;
	if (codePoints(words) > submissionLimits.text) return 'too-long';
	return words === '' && !kept.some(({ sha256 }) => sha256 !== null) ? 'empty' : null;
}

interface KeptFile extends Pick<Attached, 'name' | 'size' | 'refusal'> {
	readonly sha256: string | null;
}

async function keepAttached(files: FileStore, attached: readonly Attached[]): Promise<KeptFile[]> {
	const kept: KeptFile[] = [];
	for (const { name, size, refusal, bytes } of attached) {
		const stored = bytes ? await files.put([bytes], { mediaType: 'application/octet-stream', limit: largestFile }) : null;
		kept.push({ name, size, refusal, sha256: stored?.sha256 ?? null });
	}
	return kept;
}

async function note(
	transaction: Transaction,
	{ topicId, mailInId }: KnownMail,
	{ from, subject, pieces, automatic }: ParsedMail,
	language: string
): Promise<boolean> {
	const { rowCount } = await transaction.query(
		`
			insert into mail_in_readings (topic_id, mail_in_id, from_address, from_name, subject, language, pieces, automatic, read_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
			on conflict do nothing`,
		[
			topicId,
			mailInId,
			from.address,
			from.name,
			subject.slice(0, 1000),
			language,
			JSON.stringify(pieces),
			automatic,
			transaction.at
		]
	);
	return rowCount > 0;
}

async function noteAttached(
	transaction: Transaction,
	{ topicId, mailInId }: KnownMail,
	kept: readonly KeptFile[]
): Promise<void> {
	await transaction.query(
		`
			insert into mail_in_files (topic_id, mail_in_id, part, file_name, size, file_sha256, refusal)
			select $1, $2, part, file_name, size, decode(sha256, 'hex'), refusal
			from unnest($3::text[], $4::int[], $5::text[], $6::text[]) with ordinality as given (file_name, size, sha256, refusal, part)`,
		[
			...[topicId, mailInId, kept.map(({ name }) => name), kept.map(({ size }) => size)],
			...[kept.map(({ sha256 }) => sha256), kept.map(({ refusal }) => refusal)]
		]
	);
}

/** Asks the sender, in their language. Nothing of their mail stands in ours, or anybody could send anything to anyone in our name. */
async function ask(
	transaction: Transaction,
	{ topicId, mailInId, receivedAt }: KnownMail,
	to: string,
	language: string,
	{ links, origin }: ReadingWishes
): Promise<void> {
	if (to === '' || (await isUnreachable(transaction, to))) return;
	const { rows } = await transaction.query<{ asked: number }>(
		`select count(*)::int as asked from mails where lower(to_address) = $1 and kind = $2 and queued_at > $3`,
		[to, confirmMail, new Date(transaction.at.getTime() - 86_400_000)]
	);
	if (rows[0]!.asked >= asksADay) return;
	const topic = await topicOf(transaction, topicId);
	const [detected] = language.split('-');
	const spoken: Language = isLanguage(detected) ? detected : isLanguage(topic.defaultLanguage) ? topic.defaultLanguage : 'en';
	const say = speakerOf(spoken);
	const link = origin + pathInLanguage(`/mail/${links.token({ topicId, mailInId })}`, spoken);
	const title = inLanguage(topic.texts['title'], [spoken], topic.defaultLanguage).text;
	const asked = await queueMail(transaction, {
		topicId,
		to,
		language: spoken,
		kind: confirmMail,
		subject: say('mail-in.confirm-subject', { title }),
		body: say('mail-in.confirm-body', {
			title: isolated(title),
			moment: say.date(receivedAt, { zone: 'UTC', style: 'moment' }),
			link
		})
	});
	await transaction.query(`update mail_in_readings set asked_mail_id = $3 where topic_id = $1 and mail_in_id = $2`, [
		topicId,
		mailInId,
		asked
	]);
}
