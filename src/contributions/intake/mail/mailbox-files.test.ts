import assert from 'node:assert/strict';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { aRapporteur, aTopicOpenForSubmissions, temporaryFiles } from '#contributions/examples.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { importMails } from './bringing-in-mail.server.ts';
import { aMail, mailDomain } from './examples.server.ts';
import { mailsAt } from './mailbox-files.server.ts';

const database = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'open-talks-mailbox-'));
const lf = (mail: string) => mail.replaceAll('\r', '');
const mail = (number: number, body = 'We agree.\r\n') => aMail({ 'Message-ID': `<${number}@example.org>` }, body);
const box = (...mails: string[]) =>
	mails.map((one) => `From ana@example.org Mon Nov  3 10:15:00 2025\n${lf(one).replaceAll(/^(>*From )/gmu, '>$1')}\n`).join('');

async function contents(path: string): Promise<Record<string, string>> {
	const found: Record<string, string> = {};
	for await (const { name, source } of mailsAt(path)) {
		const parts: Uint8Array[] = [];
		for await (const part of source) parts.push(part);
		found[name] = Buffer.concat(parts).toString();
	}
	return found;
}

test('mails are found in .eml files, in mbox files with escaped lines, and in Maildir', async () => {
	await mkdir(join(folder, 'Maildir/new'), { recursive: true });
	await mkdir(join(folder, 'Maildir/tmp'), { recursive: true });
	const quoting = mail(3, 'We say:\r\n\r\nFrom now on it is so.\r\n>From then too.\r\n\r\nAna\r\n');
	await writeFile(join(folder, 'one.eml'), mail(1));
	await writeFile(join(folder, 'box.mbox'), box(mail(2), quoting, mail(4)));
	await writeFile(join(folder, 'Maildir/new/1700.host:2,S'), lf(mail(5)));
	await writeFile(join(folder, 'Maildir/tmp/half'), 'From: x');
	await writeFile(join(folder, 'picture.png'), 'x');
	await writeFile(join(folder, 'empty.eml'), '');
	assert.deepEqual(await contents(folder), {
		'Maildir/new/1700.host:2,S': lf(mail(5)),
		'box.mbox 1': lf(mail(2)),
		'box.mbox 2': lf(quoting),
		'box.mbox 3': lf(mail(4)),
		'one.eml': mail(1)
	});
});

test('mails that nobody reads to the end do not swallow the next', async () => {
	const names: string[] = [];
	for await (const { name, source } of mailsAt(join(folder, 'box.mbox'))) {
		names.push(name);
		if (name.endsWith('2')) continue;
		for await (const _ of source) break;
	}
	assert.deepEqual(names, ['box.mbox 1', 'box.mbox 2', 'box.mbox 3']);
});

test('mails are brought in once, to the talk that is named or to which they were addressed; the same over SMTP is the same', async () => {
	const files = await temporaryFiles(database);
	const { topicId } = await aTopicOpenForSubmissions(database, 'net');
	const { topicId: other } = await aTopicOpenForSubmissions(database, 'other');
	const actor = { kind: 'job', name: 'test' } as const;
	const wishes = { path: folder, mailDomain } as const;
	const nothing = { elsewhere: 0, errors: [] };
	assert.deepEqual(await importMails(database, files, { ...wishes, topicId: null }, actor), {
		read: 5,
		added: 5,
		unchanged: 0,
		...nothing
	});
	assert.deepEqual(await importMails(database, files, { ...wishes, topicId }, actor), {
		read: 5,
		added: 0,
		unchanged: 5,
		...nothing
	});
	assert.equal((await importMails(database, files, { ...wishes, topicId: other }, aRapporteur(other))).added, 5);
	await assert.rejects(importMails(database, files, { ...wishes, topicId }, aRapporteur(other)), { code: 'not-allowed' });
	const lost = await importMails(database, files, { ...wishes, topicId: null, mailDomain: 'else.example.org' }, actor);
	assert.deepEqual(lost, { read: 5, added: 0, unchanged: 0, elsewhere: 5, errors: [] });
	const { rows } = await database.query(`select did, details from activity where topic_id = $1 and did = 'imported'`, [topicId]);
	assert.deepEqual(rows, [{ did: 'imported', details: { job: 'test', mails: 5 } }]);
});
