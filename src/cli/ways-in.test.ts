import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
	chmodSync,
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { projectFolder } from '#database/project.server.ts';
import { conversationIn, polisFiles } from '#sheets/polis/conversation.ts';

// the verbs that bring in and give out, as processes of their own

const data = mkdtempSync(join(tmpdir(), 'open-talks-ways-'));
// as the root of a machine, the database's user must be able to pass
chmodSync(data, 0o711);
const files = mkdtempSync(join(tmpdir(), 'open-talks-files-'));
after(() => {
	for (const folder of [data, files]) rmSync(folder, { recursive: true, force: true });
});

const [polis, empty, mails] = [join(files, 'polis'), join(files, 'empty'), join(files, 'mails')];
for (const folder of [polis, empty, mails]) mkdirSync(folder);
writeFileSync(
	join(polis, 'comments.csv'),
	[
		'timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body',
		'1500282615559,Mon,7,3,1,0,1,"=1+1 is ""two"",',
		'or not?"',
		'1500282615561,Mon,11,3,0,0,-1,Buy pills'
	].join('\n')
);
writeFileSync(
	join(polis, 'votes.csv'),
	['timestamp,datetime,comment-id,voter-id,vote', '1500000003000,Mon,7,0,1', '1500000001000,Mon,7,0,-1', '1,Mon,11,4,0'].join(
		'\r\n'
	)
);
const ideas = join(files, 'ideas.csv');
writeFileSync(ideas, 'Idea,Country,Language\r\nConnect every school,KE,en\r\n=HYPERLINK(1),BR,en\r\n');
const wrongIdeas = join(files, 'wrong.csv');
writeFileSync(wrongIdeas, 'Idea,Country\r\nConnect every school,Atlantis\r\n');
const pdf = join(files, 'paper.pdf');
writeFileSync(pdf, '%PDF-1.7\n');
for (const number of [1, 2])
	writeFileSync(
		join(mails, `${number}.eml`),
		[
			`Message-ID: <${number}@example.org>`,
			'From: Amina <amina@example.org>',
			'To: net@talks.example.org',
			'Subject: Schools',
			'Content-Type: text/plain; charset=utf-8',
			'',
			`Connect every school, please. ${number}`
		].join('\r\n')
	);

const askedWrongly: [words: string[], sentence: string][] = [
	[['import'], '2 expected, 0 given.'],
	[['import', 'polis', '--topic', 'x'], '2 expected, 1 given.'],
	[['import', 'fly', polis, '--topic', 'x'], '"fly" cannot be imported.'],
	[['import', 'polis', polis], '--topic is needed.'],
	[['import', 'polis', polis, '--topic'], `Option '--topic <value>' argument missing`],
	[['import', 'polis', polis, '--topic', 'x', '--fast'], `Unknown option '--fast'`],
	[['import', 'polis', join(files, 'nowhere'), '--topic', 'x'], `There is no folder or file ${join(files, 'nowhere')}.`],
	[['import', 'polis', empty, '--topic', 'x'], `${empty} has no comments.csv and votes.csv.`],
	[['import', 'polis', ideas, '--topic', 'x'], `${ideas} has no comments.csv and votes.csv.`],
	[['import', 'sheet', ideas, '--topic', 'x'], '--kind is needed: ideas, submissions, invitations, organisations.'],
	[
		['import', 'sheet', ideas, '--topic', 'x', '--kind', 'votes'],
		'--kind is needed: ideas, submissions, invitations, organisations.'
	],
	[['import', 'sheet', ideas, '--kind', 'ideas'], '--topic is needed.'],
	[['import', 'sheet', empty, '--kind', 'ideas', '--topic', 'x'], `${empty} is a folder: a file is needed.`],
	[['import', 'mail', join(files, 'nowhere')], `There is no folder or file ${join(files, 'nowhere')}.`],
	[['export', 'fly', empty, '--topic', 'x'], '"fly" cannot be exported.'],
	[['export', 'polis', empty], '--topic is needed.'],
	[['export', 'polis', '--topic', 'x'], '2 expected, 1 given.'],
	[['export', 'polis', polis, '--topic', 'x'], `${polis} is not empty.`],
	[['export', 'polis', ideas, '--topic', 'x'], `${ideas} is a file: a folder is needed.`]
];
for (const [words, sentence] of askedWrongly)
	test(`"open-talks ${words.map((word) => word.replace(`${files}/`, '')).join(' ')}" is asked wrongly: status 2, and a sentence`, () => {
		const { status, out, err } = asked(words);
		assert.ok(err.startsWith(sentence), err);
		assert.deepEqual([status, out], [2, '']);
		assert.match(err, /\n\nopen-talks (?:import|export) /);
		assert.doesNotMatch(err, /^ {4}at /m);
		assert.deepEqual(readdirSync(data), [], 'no database was made for it');
	});

for (const where of ['without a running product', 'beside a running product']) {
	describe(where, () => {
		let running: ChildProcess | undefined;
		// the first makes the database, in the second everything is there already
		const isFirst = where.startsWith('without');
		const added = (count: number) => (isFirst ? count : 0);

		before(async () => {
			if (!isFirst) running = await started();
		});
		after(async () => {
			if (running?.exitCode !== null) return;
			running.kill('SIGTERM');
			await once(running, 'exit');
		});

		test('import polis', () => {
			const { status, out, err } = asked(['import', 'polis', polis, '--topic', 'talk', '--json']);
			assert.equal(status, 0, err);
			assert.equal(err.includes('A draft topic was made at /topics/talk.'), isFirst);
			assert.deepEqual(onlyLine(out), {
				...{ comments: 2, participants: 3, votes: 2, earlier: 1, unusable: 0 },
				added: { ideas: added(2), participants: added(3), opinions: added(2), hidden: added(1) }
			});
			const inWords = asked(['import', 'polis', polis, '--topic', 'talk']).out.split('\n');
			assert.match(inWords[0]!, /^ideas +2 \(0 added, 0 of them hidden\)$/);
			assert.equal((JSON.parse(inWords.at(-2)!) as { comments: number }).comments, 2);
		});

		test('export polis', () => {
			const folder = join(files, `out ${isFirst}`);
			const { status, out, err } = asked(['export', 'polis', '--topic', 'talk', folder, '--json']);
			assert.deepEqual([status, err], [0, '']);
			assert.deepEqual(onlyLine(out), { folder, files: ['summary.csv', 'comments.csv', 'votes.csv', 'participants-votes.csv'] });
			assert.deepEqual(lastOpinions(folder), lastOpinions(polis));
			// hidden words are not for everybody
			for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o077, 0, name);
			const nowhere = asked(['export', 'polis', '--topic', 'nowhere', join(files, 'none'), '--json']);
			assert.deepEqual([nowhere.status, nowhere.out, nowhere.err], [1, '', 'There is no topic at nowhere.\n']);
			assert.equal(existsSync(join(files, 'none')), false);
		});

		test('import sheet', () => {
			const { status, out, err } = asked(['import', 'sheet', ideas, '--topic', 'sheet', '--kind', 'ideas', '--json']);
			assert.equal(status, 0, err);
			assert.deepEqual(onlyLine(out), { rows: 2, errors: [], notes: 0, added: added(2), unchanged: 2 - added(2) });
			const wrong = asked(['import', 'sheet', wrongIdeas, '--topic', 'sheet', '--kind', 'ideas', '--json']);
			const { errors, added: none } = onlyLine(wrong.out) as { errors: { cell: string; sentence: string }[]; added: number };
			assert.deepEqual([wrong.status, none, errors.length, errors[0]!.cell], [1, 0, 1, 'B2']);
			assert.ok(errors[0]!.sentence.length > 10);
			const paper = asked(['import', 'sheet', pdf, '--topic', 'sheet-of-paper', '--kind', 'ideas', '--json']);
			assert.deepEqual([paper.status, paper.out], [1, '']);
			assert.match(paper.err, /^[^{}]{10,}\.\n$/, 'a sentence, and no draft for nothing');
			const refused = asked(['import', 'sheet', ideas, '--topic', 'Not An Address!', '--kind', 'ideas']);
			assert.equal(refused.status, 1);
			assert.doesNotMatch(refused.err, /^ {4}at /m);
		});

		test('import mail', () => {
			const { status, out, err } = asked(['import', 'mail', mails, '--topic', 'talk', '--json']);
			assert.equal(status, 0, err);
			assert.deepEqual(onlyLine(out), { read: 2, added: added(2), unchanged: 2 - added(2), elsewhere: 0, errors: [] });
			const nowhere = asked(['import', 'mail', mails, '--topic', 'nowhere', '--json']);
			assert.deepEqual([nowhere.status, nowhere.out], [1, '']);
			assert.doesNotMatch(nowhere.err, /^ {4}at /m);
			assert.deepEqual((onlyLine(asked(['import', 'mail', empty, '--topic', 'talk', '--json']).out) as { read: number }).read, 0);
		});
	});
}

const real = resolve(process.env.REAL_INPUTS ?? resolve(projectFolder, '../shared/data'), 'polis', 'scoop-hivemind.biodiversity');
const skip = existsSync(real) ? false : 'needs the real input polis (REAL_INPUTS names its folder)';
test('a real conversation goes in and comes out by the command line with every last opinion', { skip }, () => {
	const [folder, out] = [join(files, 'real'), join(files, 'real out')];
	cpSync(real, folder, { recursive: true });
	const brought = asked(['import', 'polis', folder, '--topic', 'biodiversity', '--json']);
	assert.equal(brought.status, 0, brought.err);
	assert.equal(asked(['export', 'polis', '--topic', 'biodiversity', out, '--json']).status, 0);
	assert.ok(lastOpinions(folder).length > 3000);
	assert.deepEqual(lastOpinions(out), lastOpinions(folder));
});

/** Who said what of which statement, by its words: numbers are the topic's own. People are told by their rank. */
function lastOpinions(folder: string): string[] {
	const read = polisFiles.filter((name) => existsSync(join(folder, name)));
	const { comments, votes } = conversationIn(
		Object.fromEntries(read.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
	)!;
	const people = [...new Set([...votes.map(({ voter }) => voter), ...comments.map(({ author }) => author)])].sort(
		(a, b) => a - b
	);
	const body = new Map(comments.map((comment) => [comment.id, comment.body]));
	return votes.map(({ voter, comment, vote }) => `${people.indexOf(voter)} ${vote} ${body.get(comment)}`).sort();
}

function onlyLine(out: string): object {
	assert.match(out, /^\{.*\}\n$/, 'one line of JSON and nothing else');
	return JSON.parse(out) as object;
}

function asked(words: string[]) {
	const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/open-talks.ts', ...words], {
		...how(),
		encoding: 'utf8',
		timeout: 120_000
	});
	return { status, out: stdout, err: stderr };
}

async function started(): Promise<ChildProcess> {
	const child = spawn(process.execPath, ['src/cli/open-talks.ts', 'start'], { ...how(), stdio: ['ignore', 'ignore', 'pipe'] });
	let said = '';
	await new Promise<void>((resolve, reject) => {
		const tooLate = setTimeout(() => reject(new Error(`it did not start: ${said}`)), 120_000);
		child.once('exit', () => reject(new Error(`it ended: ${said}`)));
		child.stderr.setEncoding('utf8').on('data', (piece: string) => {
			said += piece;
			if (!said.includes('Open Talks is at')) return;
			clearTimeout(tooLate);
			resolve();
		});
	});
	return child;
}

function how() {
	const { PATH, HOME } = process.env;
	return { cwd: projectFolder, env: { PATH, HOME, OPEN_TALKS_DATA: data, PORT: '0' } };
}
