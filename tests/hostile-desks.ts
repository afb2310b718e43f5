// For the test of what stays text: every field that staff and the institution fill, and what other programs say of us.
import assert from 'node:assert/strict';
import { strToU8, zipSync } from 'fflate';
import type { Actor } from '#activity/actor.ts';
import { aFormFile } from '#contributions/examples.ts';
import { refuseMail } from '#contributions/intake/mail/becoming.server.ts';
import { runUploadStep, uploadSubmissions } from '#contributions/intake/uploads.server.ts';
import { askOfStaff } from '#contributions/receipts/requests.server.ts';
import { receiptOfContribution } from '#contributions/receipts/receipts.server.ts';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { answerRequest } from '#ideas/requests/answering.server.ts';
import { correctMeaning } from '#ideas/correcting.server.ts';
import { drawIdea } from '#ideas/drawing/drawing.server.ts';
import { moderate } from '#ideas/moderating/moderating-many.server.ts';
import { renameTheme, splitTheme } from '#ideas/themes/changing.server.ts';
import { answerThirdPerson, thirdPersonsAtDesk } from '#ideas/requests/third-persons.server.ts';
import { queueMail } from '#mail/mail.server.ts';
import { noteUnreachable } from '#mail/unreachable.server.ts';
import { addHouseRule } from '#moderation/house-rules.server.ts';
import { holding } from '#people/examples.ts';
import { inviteByMail } from '#people/invitations/inviting.server.ts';
import { organisationsNamed } from '#people/organisation-names.server.ts';
import { addMembershipKind, addName } from '#people/organisations/changing.server.ts';
import { joinOrganisations } from '#people/organisations/joining.server.ts';
import { endRole, grantRole } from '#people/roles.server.ts';
import { makeToken } from '#people/tokens.server.ts';
import { addParagraph, quotePassage } from '#reports/arranging.server.ts';
import { checkReport } from '#reports/checking.server.ts';
import { publishReport, waiveRemark } from '#reports/publishing.server.ts';
import { reportNumbered } from '#reports/reading.server.ts';
import { askForAudit } from '#sheets/auditing.server.ts';
import { bringInConversation } from '#sheets/polis/bringing-in.server.ts';
import { runSheetStep } from '#sheets/running.server.ts';
import { uploadSheet } from '#sheets/uploading.server.ts';
import { archiveTopic } from '#topics/archiving.server.ts';
import { promiseDeliverable, setDeliverableState } from '#topics/deliverables.server.ts';
import { addGroup } from '#topics/institution/groups.server.ts';
import { changeInstitution, institutionThing } from '#topics/institution/institution.server.ts';
import { addDocument } from '#topics/library.server.ts';
import { openTopic, publishTopic } from '#topics/opening.server.ts';
import { setQuestions } from '#topics/questions.server.ts';
import { setStages } from '#topics/stages/staging.server.ts';
import { writeTexts } from '#languages/texts.server.ts';
import { addWebhook } from '#webhooks/keeping.server.ts';
import { hostileTexts, mark } from './hostile.ts';
import { address, at, cut, database, files, keys, some, staff, topicId } from './hostile-ways-in.ts';

/** A talk all of whose words are hostile. */
export const hostileTalk = 'talk-of-hostile-words';

/** Where a thing was made that has an address of its own. */
export const made = { importId: '', sheetId: '', organisationId: '', mailId: '', archived: 'talk-that-is-over', audit: '' };

const inEnglish = (text: string) => ({ en: text });

export async function enterAtDesks(): Promise<void> {
	const secretary = await someStaff('secretariat');
	await theInstitutionSpeaks(secretary);
	await aTalkIsOpened(secretary);
	await theDeskDecides(secretary);
	await theReportIsWritten(secretary);
	await tablesAreUploaded();
	await otherProgramsSpeak();
}

async function someStaff(role: 'secretariat' | 'rapporteur'): Promise<Actor> {
	const { rows } = await database.query<{ accountId: string }>(
		`select account_id as "accountId" from roles where role = $1 order by granted_at limit 1`,
		[role]
	);
	return { ...holding(role, role === 'rapporteur' ? topicId : nilTopic), accountId: rows[0]!.accountId };
}

async function theInstitutionSpeaks(secretary: Actor): Promise<void> {
	for (const text of some(20)) {
		await changeInstitution(
			database,
			{ texts: { name: inEnglish(cut(text, 100)), terms: inEnglish(`${text}\n\n${at(3)}`), notice: inEnglish(text) } },
			staff
		);
		const label = cut(text, 100);
		const key = `group-${hostileTexts.indexOf(text)}`;
		await addGroup(database, key, inEnglish(label), staff);
		await addMembershipKind(database, key, staff);
		await inTransaction(database, (transaction) =>
			writeTexts(transaction, institutionThing, { [`membership-${key}`]: inEnglish(label) }, null)
		);
		const [one, other] = await inTransaction(database, (transaction) =>
			organisationsNamed(transaction, [
				{ name: cut(`One ${text}`, 150), country: null },
				{ name: cut(`Other ${text}`, 150), country: 'KE' }
			])
		);
		await addName(database, one!, { name: cut(`Alias ${text}`, 150), language: 'fr', isMain: false }, staff);
		if (one !== other) await joinOrganisations(database, other!, one!, secretary, text);
		made.organisationId = one!;
		const where = `https://hooks.example.org/${encodeURI(text)}?${text}#${text}`;
		if (text === some(20)[0] || text === some(20)[1])
			await addWebhook(database, Buffer.alloc(32), { topicId: nilTopic, address: where, events: ['idea.published'] }, staff);
	}
	for (const text of some(5)) await makeToken(database, { name: cut(text, 100), scopes: ['me:read'], days: 30 }, secretary);
	const { rows } = await database.query<{ accountId: string }>(
		`select account_id as "accountId" from accounts where account_id not in (select account_id from roles) limit 1`
	);
	const account = rows[0]?.accountId ?? (secretary.kind === 'account' ? secretary.accountId : '');
	const role = { topicId, accountId: account, role: 'rapporteur' } as const;
	for (const text of some(5)) await endRole(database, topicId, await grantRole(database, role, staff), staff, text);
	const words = { topicId, role: 'participant', language: 'en', days: 30 } as const;
	for (const [index, text] of some(20).entries())
		await inviteByMail(database, { ...words, note: text }, [`guest-${index}@example.org`], address, staff);
}

async function aTalkIsOpened(secretary: Actor): Promise<void> {
	for (const slug of [hostileTalk, made.archived]) {
		const texts = Object.fromEntries(
			['title', 'summary', 'background', 'remit', 'convenor', 'statement'].map((field, index) => [
				field,
				inEnglish(cut(at(index * 41), 150))
			])
		);
		const talk = await openTopic(database, { texts, defaultLanguage: 'en', languages: ['en'], address: slug }, staff);
		const questions = some(20).map((text) => ({ questionId: null, texts: { text: inEnglish(text) } }));
		await setQuestions(database, talk.topicId, questions, staff);
		// one that is over can be archived
		const closesAt = Date.now() + (slug === made.archived ? -1 : 1) * 3_600_000;
		const stage = { opensAt: new Date(closesAt - 7_200_000), closesAt: new Date(closesAt), zone: 'UTC' };
		const takes = { takesIdeas: true, takesSubmissions: true, takesComments: true, takesOpinions: 'shown' } as const;
		const words = { name: inEnglish(cut(at(7), 100)), explanation: inEnglish(at(99)) };
		await setStages(database, talk.topicId, [{ stageId: null, texts: words, ...stage, ...takes }], staff);
		for (const text of some(20)) {
			const { sha256 } = await files.put([Buffer.from(text)], { mediaType: 'text/plain', limit: 10_000 });
			const title = inEnglish(cut(text, 150));
			const asFile = { sha256, fileName: `${cut(text, 100)}.txt` };
			await addDocument(database, talk.topicId, { title, language: 'en', source: asFile }, staff);
			const source = { address: `https://example.org/${text}` };
			await addDocument(database, talk.topicId, { title, language: 'en', source }, staff);
		}
		const promise = {
			kind: 'report',
			deadline: '2030-01-01',
			promised: '2026-01-01',
			texts: { title: inEnglish(cut(at(5), 150)), addressee: inEnglish(cut(at(6), 150)) }
		};
		const deliverableId = await promiseDeliverable(database, talk.topicId, promise, staff);
		const state = { state: 'delivered', link: `https://example.org/${at(50)}` } as const;
		await setDeliverableState(database, talk.topicId, deliverableId, state, staff);
		await publishTopic(database, talk.topicId, staff);
		if (slug === made.archived) await archiveTopic(database, keys, talk.topicId, secretary, at(60));
	}
}

async function theDeskDecides(secretary: Actor): Promise<void> {
	for (const text of some(20)) {
		await addHouseRule(database, topicId, { title: inEnglish(cut(text, 100)), text: inEnglish(text) }, staff);
		made.audit = (await askForAudit(database, topicId, text, secretary)).requestId;
	}
	const { rows: held } = await database.query<{ topicId: string; mailInId: string }>(
		`select topic_id as "topicId", mail_in_id as "mailInId"
		from mail_in_readings r
		where not exists (select from mail_in_decisions d where d.topic_id = r.topic_id and d.mail_in_id = r.mail_in_id)
		order by mail_in_id
		limit 10`
	);
	for (const [index, mail] of held.entries()) await refuseMail(database, mail, at(index * 17), staff);
	for (const [index, { requestId }] of (await thirdPersonsAtDesk(database, topicId)).slice(0, 5).entries())
		await answerThirdPerson(database, keys, { topicId, requestId, answer: 'declined', words: at(index * 19) }, staff);
	const { rows } = await database.query<{ id: string }>(
		`select contribution_id as id
		from comments
		join contributions using (topic_id, contribution_id)
		where topic_id = $1 and participant_number is not null
		order by comment_number desc
		limit 20`,
		[topicId]
	);
	for (const [index, { id: thingId }] of rows.entries()) {
		const chosen = [{ kind: 'comment', thingId, seen: 1 }] as const;
		const act = index % 2 === 0 ? ({ does: 'hide', reason: 'spam' } as const) : ({ does: 'block', reason: 'spam' } as const);
		await moderate(database, keys, { topicId, chosen, act, words: at(index * 23) }, staff);
		if (act.does === 'block') continue;
		const receipt = await receiptOfContribution(database, topicId, thingId);
		const requestId = await inTransaction(database, async (transaction) => {
			await askOfStaff(transaction, receipt!, { kind: 'appeal', words: at(index * 29) });
			const asked = await transaction.query<{ id: string }>(
				`select request_id as id from receipt_requests where topic_id = $1 and contribution_id = $2`,
				[topicId, thingId]
			);
			return asked.rows[0]!.id;
		});
		if (index % 4 === 0) await answerRequest(database, keys, { topicId, requestId, grants: false, words: at(index * 31) }, staff);
	}
}

async function theReportIsWritten(secretary: Actor): Promise<void> {
	const rapporteur = await someStaff('rapporteur');
	for (const text of some(20)) await addParagraph(database, { topicId, report: 1, number: 1 }, { kind: 'text', text }, staff);
	for (const text of some(5))
		await addParagraph(database, { topicId, report: 1, number: 1 }, { kind: 'heading', text: cut(text, 100) }, staff);
	const { rows } = await database.query<{ contributionId: string; text: string }>(
		`select contribution_id as "contributionId", text
		from contribution_versions
		join submissions using (topic_id, contribution_id)
		where topic_id = $1 and text like $2 and version = 1
			and length(text) - length(replace(text, $3, '')) > 4 * length($3)
			and not exists (select from concealments c where c.topic_id = $1 and c.thing_id = contribution_id)
		order by submission_number desc
		limit 5`,
		[topicId, `%${mark}%`, mark]
	);
	for (const [index, { contributionId, text }] of rows.entries()) {
		// with such a text before and behind it
		const [first, last] = [text.indexOf(mark) + mark.length, text.lastIndexOf(mark)];
		const spans = [{ starts: [...text.slice(0, first)].length, ends: [...text.slice(0, last)].length }];
		const drawing = { topicId, contributionId, requestKey: null, quotes: [{ part: 0, textVersion: 1, spans }] };
		const wording = {
			point: cut(at(index * 3), 200),
			explanation: at(index),
			sources: at(index + 1),
			questionId: null,
			language: 'en'
		};
		await drawIdea(database, drawing, wording, rapporteur);
	}
	const ideas = await database.query<{ number: number }>(
		`select idea_number as number
		from ideas
		where topic_id = $1 and contribution_id is null
			and not exists (select from concealments c where c.topic_id = ideas.topic_id and c.thing_id = ideas.idea_id)
		order by idea_number desc
		limit 5`,
		[topicId]
	);
	for (const [index, { number }] of ideas.rows.entries()) {
		const name = (place: number) => cut(at(place), 80);
		const theme = await splitTheme(database, { topicId, ideas: [number], name: name(index * 11) }, rapporteur);
		await renameTheme(database, { topicId, number: theme, name: name(index * 11 + 1) }, rapporteur);
	}
	const passages = await database.query<{ id: string }>(
		`select passage_id as id from passages where topic_id = $1 and quote like $2 order by passage_id desc limit 5`,
		[topicId, `%${mark}%`]
	);
	assert.ok(passages.rows.length > 0);
	for (const { id } of passages.rows) await quotePassage(database, { topicId, report: 1, number: 1 }, id, staff);
	const { remarks } = await checkReport(database, await reportNumbered(database, topicId, 1));
	for (const [index, remark] of remarks.entries())
		await waiveRemark(database, { topicId, number: 1 }, { ...remark, reason: at(index * 37) }, rapporteur);
	await publishReport(database, { topicId, number: 1 }, secretary);
}

/** A zip and tables that wait, with names of files, titles, cells and headings; and the conversation of another platform. */
async function tablesAreUploaded(): Promise<void> {
	const broughtIn = await aZipOfForms(some(40));
	await runUploadStep(database, files, 'import', broughtIn);
	// one that waits
	made.importId = (await aZipOfForms(some(41))).importId;
	for (const [index, text] of some(10).entries())
		for (const field of ['sector', 'region'] as const)
			await correctMeaning(
				database,
				{ topicId, field, asWritten: cut(field === 'sector' ? text : at(index), 100), means: '' },
				staff
			);
	const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
	const rows = [['Point', 'Country', at(2)], ...some(40).map((text) => [text, cut(text, 60), text])];
	const csv = rows.map((row) => row.map(quoted).join(',')).join('\r\n');
	const { sha256 } = await files.put([Buffer.from(csv)], { mediaType: 'text/csv', limit: 1_000_000 });
	const table = { topicId, kind: 'ideas', sha256, fileName: `${cut(at(4), 100)}.csv` } as const;
	made.sheetId = (await uploadSheet(database, table, staff)).sheetId;
	await runSheetStep(database, { keys, files, origin: address }, 'preview', { topicId, sheetId: made.sheetId });
	const comments = some(60).map((body, id) => ({ id, author: id, moderated: id % 9 === 0 ? (-1 as const) : (0 as const), body }));
	const conversation = { title: at(8), url: '', comments, votes: [], earlier: 0, unusable: 0 };
	await bringInConversation(database, keys, { topicId, conversation }, staff);
}

async function aZipOfForms(texts: readonly string[]): Promise<{ topicId: string; importId: string }> {
	const forms = texts.map((text, index) => {
		// a field of a form is one line
		const line = (said: string) => cut(said.replaceAll(/\s+/gu, ' '), 100);
		const [title, area, region] = [text, at(index), at(index + 1)].map(line);
		const form = { title: title!, area: area!, region: region!, sector: title!, entitledBy: area!, document: at(index + 2) };
		return [`${index} ${line(text).replaceAll('/', ' ')}.txt`, strToU8(aFormFile(form))] as const;
	});
	const { sha256 } = await files.put([zipSync(Object.fromEntries(forms))], { mediaType: 'application/zip', limit: 1_000_000 });
	const fileName = `${cut(at(1), 100)}.zip`;
	const { importId } = await uploadSubmissions(database, { topicId, sha256, fileName }, staff);
	await runUploadStep(database, files, 'preview', { topicId, importId });
	return { topicId, importId };
}

/** A mail server that refuses, and a job that failed. */
async function otherProgramsSpeak(): Promise<void> {
	for (const [index, text] of some(10).entries()) {
		const to = `nobody-${index}@example.org`;
		made.mailId = await inTransaction(database, (transaction) =>
			queueMail(transaction, { topicId: nilTopic, to, language: 'en', kind: 'news', subject: text, body: text })
		);
		const cameBack = { recipient: to, messageIds: [`<${made.mailId}@example.org>`], explanation: `550 ${text}` };
		assert.ok(await inTransaction(database, (transaction) => noteUnreachable(transaction, cameBack)));
	}
}
