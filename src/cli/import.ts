import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor } from '#activity/actor.ts';
import { line, note, read, result, seconds, wrong } from '#cli/console.ts';
import { bringInMails, tellMails } from '#cli/import-mail.ts';
import { importPolis, isConversation, tellPolis } from '#cli/import-polis.ts';
import { importSheet, kindOfSheet, tellSheet } from '#cli/import-sheet.ts';
import { importSubmissions, topicForImport, type ImportReport } from '#contributions/intake/importing.server.ts';
import { sourceAt } from '#contributions/intake/sources.server.ts';
import { isFresh, lacking, migrate } from '#database/migrating.server.ts';
import { obstacle } from '#database/obstacle.ts';
import { openDatabase } from '#database/opening.server.ts';
import type { Database } from '#database/connection.server.ts';
import { readSettings, type Settings } from '#database/settings.server.ts';
import { fileStore } from '#files/store.server.ts';
import { speakerOf } from '#languages/catalogue.server.ts';
import { isRefusal } from '#refusals/refusal.ts';
import type { RefusalCode } from '#refusals/refusals.ts';
import type { Verb } from '#cli/verb.ts';

const actor: Actor = { kind: 'job', name: 'open-talks import' };

export const verb: Verb = {
	words: 'submissions|mail|sheet|polis <folder|file> --topic <address> [--kind <kind>] [--licence <licence>] [--json]',
	summary:
		'Brings submissions, mails, a spreadsheet or a conversation of Polis into a topic; what was brought in before is not added twice.',
	help: [
		'The files are texts with a form header (title, Area, Entitled by, Region, Organization, Sector, Keywords, Abstract, Document)',
		'as NNNA.txt, each with its attached document as NNNB.txt, or any DOCX, PDF, ODT, text or Markdown file.',
		'mail: .eml files, mbox files, and folders of them (Maildir too); held at the desk, and nobody is written to.',
		'sheet: a CSV, XLSX or ODS file whose headings say what its columns hold; all of it comes in, or nothing.',
		'polis: the folder of a conversation as Polis exports it (comments.csv, votes.csv): statements become ideas, last votes opinions.',
		'--kind     of a sheet: ideas, submissions, invitations (or people), organisations (which need no --topic)',
		'--topic    the last part of the topic’s address; a draft is made where there is none. For mail it can be left out: each then',
		'           goes to the talk to which it was addressed (MAIL_DOMAIN)',
		'--licence  under which the texts were published where they come from',
		'--json     only the figures'
	].join('\n'),
	async run(words) {
		const text = { type: 'string' } as const;
		const { values, positionals } = read(words, { topic: text, kind: text, licence: text, json: { type: 'boolean' } }, 2);
		const [what, path] = positionals;
		if (what !== 'submissions' && what !== 'mail' && what !== 'sheet' && what !== 'polis')
			throw wrong(`"${what}" cannot be imported.`);
		const kind = what === 'sheet' ? kindOfSheet(values.kind) : null;
		if (values.topic === undefined && what !== 'mail' && kind !== 'organisations') throw wrong('--topic is needed.');
		if (!existsSync(path!)) throw wrong(`There is no folder or file ${path}.`);
		if (what === 'sheet' && statSync(path!).isDirectory()) throw wrong(`${path} is a folder: a file is needed.`);
		if (what === 'polis' && !isConversation(path!)) throw wrong(`${path} has no comments.csv and votes.csv.`);
		try {
			const isQuiet = values.json === true;
			if (what === 'mail') {
				const report = await opened((database, settings) =>
					bringInMails(database, settings, { path: path!, slug: values.topic, isQuiet }, actor)
				);
				if (!isQuiet) tellMails(report);
				tellErrors(report.errors);
				result(report);
				return 0;
			}
			if (what === 'polis') {
				const wanted = { folder: path!, slug: values.topic! };
				const report = await opened((database, settings) => importPolis(database, settings, wanted, actor));
				if (!isQuiet) tellPolis(report);
				result(report);
				return 0;
			}
			if (kind !== null) {
				const wanted = { path: path!, kind, slug: kind === 'organisations' ? null : values.topic! };
				const report = await opened((database, settings) => importSheet(database, settings, wanted, actor));
				if (!isQuiet) tellSheet(report);
				result(report);
				return report.errors.length === 0 ? 0 : 1;
			}
			const report = await bringIn(path!, values.topic!, values.licence, isQuiet);
			if (!isQuiet) tell(report);
			result(report);
			return 0;
		} catch (error) {
			if (!isRefusal(error)) throw error;
			note(sentence(error.code, error.values));
			return 1;
		}
	}
};

async function bringIn(path: string, slug: string, licence: string | undefined, isQuiet: boolean): Promise<ImportReport> {
	const source = await sourceAt(path);
	return opened(async (database, settings) => {
		const { topicId, isNew } = await topicForImport(database, slug, actor);
		if (isNew) note(`A draft topic was made at /topics/${slug}.`);
		const begun = performance.now();
		const report = await importSubmissions(database, fileStore(database, join(settings.data, 'files')), source, topicId, actor, {
			...(licence !== undefined && { licence }),
			progress(done, total) {
				if (!isQuiet && (done % 25 === 0 || done === total)) note(`${done} of ${total}`);
				return Promise.resolve();
			}
		});
		note(`${report.submissions} submissions in ${seconds(performance.now() - begun)}.`);
		return report;
	});
}

/** The database as it is set, brought up to date where it is new. */
async function opened<Answer>(work: (database: Database, settings: Settings) => Promise<Answer>): Promise<Answer> {
	const settings = readSettings();
	const database = await openDatabase(settings);
	try {
		if (await isFresh(database)) await migrate(database);
		const missing = await lacking(database);
		if (missing[0]) throw obstacle('database-behind', { count: missing.length, name: missing[0].name });
		return await work(database, settings);
	} finally {
		await database.close();
	}
}

function tell({ read: files, submissions, added, unchanged, unknown, errors }: ImportReport): void {
	console.log(`files        ${files}`);
	console.log(`submissions  ${submissions} (${added} added, ${unchanged} there already)`);
	for (const sector of unknown.sectors) line(`unknown sector  ${sector}`);
	for (const region of unknown.regions) line(`unknown region  ${region}`);
	tellErrors(errors);
}

function tellErrors(errors: readonly { readonly file: string; readonly refusal: RefusalCode }[]): void {
	for (const { file, refusal } of errors) line(`not read  ${file}: ${sentence(refusal, {})}`);
}

function sentence(code: RefusalCode, values: Readonly<Record<string, string | number>>): string {
	return speakerOf('en')(`refusals.${code}`, { megabytes: 20, ...values });
}
