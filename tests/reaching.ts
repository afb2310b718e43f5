// Of pages that have no fixed address in the example world: the address, or how one comes there.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { aCafe, aHost } from '#cafes/examples.server.ts';
import { appointHost, makeHostLink } from '#cafes/hosts.server.ts';
import { wallOf } from '#cafes/harvest/wall.server.ts';
import { closeTables } from '#cafes/notes/closing.server.ts';
import { makeHubLink } from '#events/hub-links.server.ts';
import { addHub } from '#events/hubs.server.ts';
import { turnFloor } from '#townhalls/floor/keeping.server.ts';
import { aCard } from '#cafes/notes/examples.server.ts';
import { takeCards } from '#cafes/notes/taking.server.ts';
import { inTransaction, nilTopic } from '#database/connection.server.ts';
import { anEvent } from '#events/examples.server.ts';
import { organisationsHeard } from '#ideas/in-the-name-of.server.ts';
import { queueMail } from '#mail/mail.server.ts';
import { saveNotice } from '#newsroom/notices/writing.server.ts';
import { newsLinks } from '#newsroom/unsubscribing.server.ts';
import { inviteByLink } from '#people/invitations/inviting.server.ts';
import { aMailThatCame, aWholeMail } from './mail-in.ts';
import { aPictureThatCame } from './paper.ts';
import { aCafeWithPhotos } from './photos-of-tables.ts';
import type { Product } from './product.ts';
import { openTalk } from '../examples/open-talk.ts';

export const talk = `/topics/${openTalk.slug}`;
export const desk = `/desk/topics/${openTalk.slug}`;

export async function aStage({ database }: Product): Promise<string> {
	const { rows } = await database.query<{ stageId: string }>(
		`select stage_id as "stageId" from stages join addresses using (topic_id) where slug = $1 order by stage_id limit 1`,
		[openTalk.slug]
	);
	return `${desk}/setup/stages/${rows[0]!.stageId}`;
}

export async function anOrganisation({ database }: Product): Promise<string> {
	const { rows } = await database.query<{ id: string }>(
		'select organisation_id as id from organisations order by created_at, id limit 1'
	);
	return `/desk/organisations/${rows[0]!.id}`;
}

export async function anOrganisationHeard({ database }: Product): Promise<string> {
	return `/organisations/${(await organisationsHeard(database))[0]!.organisationId}`;
}

export async function aCountryHeard({ database }: Product): Promise<string> {
	const { organisationId } = (await organisationsHeard(database))[0]!;
	await database.query(
		`insert into organisation_details (organisation_id, version, country, at)
		select $1, coalesce(max(version), 0) + 1, 'KE', clock_timestamp()
		from organisation_details
		where organisation_id = $1`,
		[organisationId]
	);
	return '/countries/KE';
}

export async function aNotice({ database }: Product): Promise<string> {
	const { rows } = await database.query<{ topicId: string }>(`select topic_id as "topicId" from addresses where slug = $1`, [
		openTalk.slug
	]);
	const texts = { title: { en: 'The second stage opens' }, text: { en: 'Come and **read**.' } };
	const whom = { audience: 'everybody', audienceKey: '', isPublic: true } as const;
	const notice = { topicId: rows[0]!.topicId, noticeId: randomUUID(), ...whom, texts };
	return `${desk}/notices/${await saveNotice(database, notice, { kind: 'job', name: 'test' })}`;
}

export async function aMail({ database }: Product): Promise<string> {
	const mail = {
		topicId: nilTopic,
		to: 'a@example.org',
		language: 'en',
		kind: 'sign-in-code',
		subject: 'A subject',
		body: 'A text.'
	} as const;
	const mailId = await inTransaction(database, (transaction) => queueMail(transaction, mail));
	return `/desk/mail/${mailId}?topic=${nilTopic}`;
}

export async function aMailToConfirm(product: Product): Promise<string> {
	return aMailThatCame(product, openTalk.slug, aWholeMail(randomUUID()));
}

export async function aMailAtDesk(product: Product): Promise<string> {
	await aMailToConfirm(product);
	return `${desk}/mail-in`;
}

/** With a form that waits, and a picture of which nobody knows what it shows. */
export async function paperAtDesk(product: Product): Promise<string> {
	await aPictureThatCame(product, openTalk.slug);
	await aPictureThatCame(product, openTalk.slug, { isForeign: true });
	return `${desk}/paper`;
}

export async function aPaperForm(product: Product): Promise<string> {
	return `${desk}/paper/forms/${await aPictureThatCame(product, openTalk.slug)}`;
}

export async function printingForms(page: Page, product: Product, prefix: string): Promise<void> {
	await aPictureThatCame(product, openTalk.slug);
	await page.goto(`${prefix}${desk}/paper/runs/1`);
}

export async function anUnsubscribing({ database, settings }: Product): Promise<string> {
	const mail = {
		topicId: nilTopic,
		to: 'reader@example.org',
		language: 'en',
		kind: 'news',
		subject: 'News',
		body: 'News.'
	} as const;
	const mailId = await inTransaction(database, (transaction) => queueMail(transaction, mail));
	return `/unsubscribe/${(await newsLinks(settings)).token({ topicId: nilTopic, mailId })}`;
}

export async function sendingAnIdea(page: Page, _product: Product, prefix: string): Promise<void> {
	await page.goto(`${prefix}${talk}/ideas/new`);
	await page.locator('[name=point]').fill(`An idea of its own, sent at ${new Date().toISOString()}`);
	await page.locator('main form button:not([formaction])').click();
	await page.locator('.receipt, .mistakes').first().waitFor();
	assert.match(page.url(), /\/receipts\//, await page.locator('main').innerText());
}

export async function beingInvited(page: Page, { database, address }: Product, prefix: string): Promise<void> {
	const { rows } = await database.query<{ topicId: string }>(`select topic_id as "topicId" from addresses where slug = $1`, [
		openTalk.slug
	]);
	const words = { topicId: rows[0]!.topicId, role: 'participant', language: 'en', days: 14 } as const;
	const { link } = await inviteByLink(database, words, 5, address, { kind: 'job', name: 'test' });
	await page.goto(prefix + new URL(link).pathname + new URL(link).search);
}

export async function uploadingTexts(page: Page, product: Product, prefix: string): Promise<void> {
	await product.startJobs();
	await page.goto(`${prefix}${desk}/texts/import`);
	const texts = { 'one.txt': new TextEncoder().encode('Title: One\n\nThe text of a submission, in a sentence.\n') };
	await page
		.locator('input[type=file]')
		.setInputFiles({ name: 'texts.zip', mimeType: 'application/zip', buffer: Buffer.from(zipSync(texts)) });
	await page.locator('main form button').first().click();
	await page.waitForURL(/\/import\/./);
	await previewed(page);
}

export async function uploadingIdeas(page: Page, product: Product, prefix: string): Promise<void> {
	await uploadingSheet(
		page,
		product,
		`${prefix}${desk}/sheets`,
		'point,explanation,country\r\nConnect the schools,=1+1,Atlantis\r\n,none,\r\n'
	);
}

export async function uploadingOrganisations(page: Page, product: Product, prefix: string): Promise<void> {
	await uploadingSheet(page, product, `${prefix}/desk/organisations/sheets`, 'Name,Country\r\nExampleton Trust,GB\r\n');
}

/** Without script a page does not look again by itself. */
async function previewed(page: Page): Promise<void> {
	for (let looks = 0; looks < 50 && (await page.locator('.facts-table').count()) === 0; looks++) {
		await page.waitForTimeout(300);
		await page.reload();
	}
	await page.locator('.facts-table').waitFor();
}

async function uploadingSheet(page: Page, product: Product, list: string, csv: string): Promise<void> {
	await product.startJobs();
	await page.goto(list);
	await page.locator('input[type=file]').setInputFiles({ name: 'sheet.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
	await page.locator('main form button').first().click();
	await page.waitForURL(/\/sheets\/./);
	await previewed(page);
}

export async function askingForACode(page: Page, _product: Product, prefix: string): Promise<void> {
	await askFor(page, prefix, `somebody-${Date.now()}@example.org`);
}

/** A member of staff who has shown the mailbox, and not yet the second factor. */
export async function signingInAsStaff(page: Page, { database }: Product, prefix: string): Promise<void> {
	await askFor(page, prefix, 'moderator@example.org');
	const { rows } = await database.query<{ subject: string }>(
		`select subject from mails where to_address = 'moderator@example.org' order by queued_at desc limit 1`
	);
	const code = /\d{4} \d{4}/.exec(rows[0]!.subject)?.[0];
	assert.ok(code, 'the subject tells the code');
	await page.locator('input[name=code]').fill(code);
	await page.locator('input[name=code]').press('Enter');
	await page.waitForURL(/\/second-factor|\/account|\/desk/);
	await page.goto(`${prefix}/sign-in/second-factor`);
}

async function askFor(page: Page, prefix: string, email: string): Promise<void> {
	await page.goto(`${prefix}/sign-in`);
	await page.locator('input[name=email]').fill(email);
	await page.locator('input[name=email]').press('Enter');
	await page.waitForURL(/\/sign-in\/code/);
}

/** The link of a host, as it comes by mail; each visit is of a café of its own. */
export function openingANotebook(rest = '') {
	return async (page: Page, { database }: Product, prefix: string): Promise<void> => {
		const { topicId, eventId } = await aCafe(database);
		const staff = { kind: 'job', name: 'test' } as const;
		const hostId = await appointHost(database, { topicId, eventId, host: aHost() }, staff);
		const { secret } = await makeHostLink(database, { topicId, eventId, hostId }, staff);
		await page.goto(`${prefix}/table/${secret}`);
		if (rest !== '') await page.goto(`${prefix}/notebook${rest}`);
	};
}

/** A café of the open talk whose tables wrote four cards that wait: the page of its harvest. */
export async function aHarvest({ database }: Product): Promise<string> {
	const { rows } = await database.query<{ topicId: string; question: string }>(
		`select topic_id as "topicId", question_id as question from addresses join questions using (topic_id)
		where slug = $1 order by position limit 1`,
		[openTalk.slug]
	);
	const { topicId, question } = rows[0]!;
	const event = await anEvent(database, { topicId, attribution: 'group' });
	await aCafe(database, { event, tables: 3, rounds: [{ questionId: question }] });
	const written = [
		['Share the fibre that is laid already', 'Prices must fall'],
		['Share the fibres that are already laid'],
		['Who pays for the last mile?']
	];
	for (const [at, texts] of written.entries()) {
		const table = { topicId, eventId: event.eventId, tableNumber: at + 1 };
		const cards = texts.map((text, place) => aCard(table, { text, place: place + 1, group: 'governments' }));
		await takeCards(database, table, cards);
	}
	return `${desk}/events/${event.number}/harvest`;
}

export async function photosOfTables(product: Product): Promise<string> {
	return (await aCafeWithPhotos(product)).photos;
}

export async function aPhotoOfATable(product: Product): Promise<string> {
	const { photos, ids } = await aCafeWithPhotos(product);
	return `${photos}/${ids[0]}`;
}

export async function flaggingANote(product: Product): Promise<string> {
	const { database } = product;
	const harvest = await aHarvest(product);
	const number = Number(/events\/(\d+)\//u.exec(harvest)![1]);
	const { rows } = await database.query<{ topicId: string; eventId: string }>(
		`select topic_id as "topicId", event_id as "eventId" from events join addresses using (topic_id) where slug = $1 and event_number = $2`,
		[openTalk.slug, number]
	);
	const { topicId, eventId } = rows[0]!;
	await closeTables(database, { topicId, eventId }, { kind: 'job', name: 'test' });
	const [note] = await wallOf(database, topicId, eventId);
	return `${talk}/events/${number}/flag?text=${note!.noteId}`;
}

/** The link of who coordinates a hub, of a town hall that goes on. */
export async function openingAHub(page: Page, { database }: Product, prefix: string): Promise<void> {
	const { rows } = await database.query<{ topicId: string }>(`select topic_id as "topicId" from addresses where slug = $1`, [
		openTalk.slug
	]);
	const staff = { kind: 'job', name: 'test' } as const;
	const event = await anEvent(database, { topicId: rows[0]!.topicId, kind: 'town-hall' });
	const hub = { place: 'Nairobi', region: null, coordinator: null, email: null, headsExpected: 20, zone: 'Africa/Nairobi' };
	const { hubId } = await addHub(database, event, hub, staff);
	await turnFloor(database, event, 'open', staff);
	const { secret } = await makeHubLink(database, { ...event, hubId }, staff);
	await page.goto(`${prefix}/hub/${secret}`);
}
