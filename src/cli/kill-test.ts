import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { note, read, result, seconds, wrong } from '#cli/console.ts';
import { emptyLedger, writeAs, type Ledger } from '#cli/kill-writers.ts';
import { treeOf } from '#cli/process-tree.ts';
import type { Database } from '#database/connection.server.ts';
import { logFile, placeIn } from '#database/embedded/place.server.ts';
import { migrate } from '#database/migrating.server.ts';
import { openDatabase } from '#database/opening.server.ts';
import { projectFolder } from '#database/project.server.ts';
import { readSettings } from '#database/settings.server.ts';
import { openTopic, publishTopic } from '#topics/opening.server.ts';
import { setQuestions } from '#topics/questions.server.ts';
import { setStages } from '#topics/stages/staging.server.ts';
import type { Verb } from '#cli/verb.ts';

const actor = { kind: 'job', name: 'open-talks kill-test' } as const;

export const verb: Verb = {
	words: '[--rounds 20] [--writers 32]',
	summary: 'Kills the whole product while people write, again and again, and counts what was acknowledged and is gone.',
	help: 'On a product and a database of its own. Everything is killed at once (kill -9): web, jobs, keeper, PostgreSQL.',
	async run(words) {
		const options = { rounds: { type: 'string', default: '20' }, writers: { type: 'string', default: '32' } } as const;
		const { values } = read(words, options, 0);
		const [rounds, writers] = [values.rounds, values.writers].map((text) => {
			if (!/^[1-9]\d{0,3}$/.test(text)) throw wrong(`"${text}" is no number of rounds or writers.`);
			return Number(text);
		}) as [number, number];
		const folder = mkdtempSync(join(tmpdir(), 'open-talks-kill-'));
		// the user of the database must be able to pass
		chmodSync(folder, 0o711);
		const began = performance.now();
		const found = await killAgainAndAgain(join(folder, 'data'), rounds, writers);
		rmSync(folder, { recursive: true, force: true });
		// where hardly anything was written, nothing was shown
		const holds = found.acknowledged >= rounds * writers && found.lost === 0 && found.doubled === 0 && found.recoveries >= rounds;
		result({ rounds, writers, ...found, seconds: Math.round((performance.now() - began) / 1000), holds });
		return holds ? 0 : 1;
	}
};

interface Found {
	acknowledged: number;
	lost: number;
	doubled: number;
	/** starts at which PostgreSQL found that it had been killed */
	recoveries: number;
}

async function killAgainAndAgain(data: string, rounds: number, writers: number): Promise<Found> {
	const settings = readSettings({ OPEN_TALKS_DATA: data });
	const first = await openDatabase(settings);
	await migrate(first);
	const { topicId, slug } = await anOpenTopic(first);
	await first.close();

	const port = await freePort();
	const ledger = emptyLedger();
	for (let round = 1; round <= rounds; round++) {
		const product = await startProduct(data, port);
		const before = ledger.acknowledged;
		const writing = writeAs(writers, `http://127.0.0.1:${port}/api/v1`, slug, ledger);
		// on a busy machine it takes longer until everyone writes
		for (const end = Date.now() + 20_000; ledger.acknowledged < before + 4 * writers && Date.now() < end;) await wait(20);
		await wait(1000 * Math.random());
		const tree = treeOf(product.pid, data);
		// first all stand still: none sees another die and does something about it
		for (const signal of ['SIGSTOP', 'SIGKILL'] as const) for (const pid of tree) send(signal, pid);
		await writing.stop();
		note(
			`round ${round}: ${ledger.acknowledged - before} acknowledged, all killed, started again in ${seconds(product.took)} before`
		);
	}
	const last = await openDatabase(settings);
	const compared = await compare(last, topicId, ledger);
	await last.close();
	const log = readFileSync(logFile(placeIn(data)), 'utf8');
	return { acknowledged: ledger.acknowledged, ...compared, recoveries: log.split('automatic recovery in progress').length - 1 };
}

/** Each visitor writes an opinion on an idea once, so that per idea at least the acknowledged and at most the sent must be there. */
async function compare(database: Database, topicId: string, ledger: Ledger): Promise<{ lost: number; doubled: number }> {
	const ideas = await database.query<{ number: number; point: string }>(
		'select idea_number as number, point from idea_versions where topic_id = $1 and version = 1',
		[topicId]
	);
	const points = new Map(ideas.rows.map(({ number, point }) => [number, point]));
	let lost = [...ledger.ideas].filter(([number, text]) => points.get(number) !== text).length;
	let doubled = ideas.rows.length - new Set(points.values()).size;
	const opinions = await database.query<{ number: number; given: number; counted: number }>(
		`
			select i.idea_number as number, count(o.participant_number) as given, coalesce(max(c.agree + c.disagree + c.pass), 0) as counted
			from ideas i
			left join opinions o using (topic_id, idea_number)
			left join idea_counts c using (topic_id, idea_number)
			where i.topic_id = $1
			group by i.idea_number`,
		[topicId]
	);
	for (const { number, given, counted } of opinions.rows) {
		const { sent = 0, acknowledged = 0 } = ledger.opinions.get(number) ?? {};
		lost += Math.max(0, acknowledged - given) + Math.max(0, given - counted);
		doubled += Math.max(0, given - sent) + Math.max(0, counted - given);
	}
	return { lost, doubled };
}

async function anOpenTopic(database: Database): Promise<{ topicId: string; slug: string }> {
	const texts = { title: { en: 'Kill test' }, summary: { en: 'Everything that is acknowledged stays.' } };
	const topic = await openTopic(database, { texts, defaultLanguage: 'en', languages: ['en'] }, actor);
	await setQuestions(database, topic.topicId, [{ questionId: null, texts: { text: { en: 'What stays?' } } }], actor);
	const [opensAt, closesAt] = [-3_600_000, 86_400_000].map((shift) => new Date(Date.now() + shift)) as [Date, Date];
	const open = { takesIdeas: true, takesSubmissions: false, takesComments: false, takesOpinions: 'shown' } as const;
	const stage = { stageId: null, opensAt, closesAt, zone: 'UTC', texts: { name: { en: 'Ideas' } }, ...open };
	await setStages(database, topic.topicId, [stage], actor);
	await publishTopic(database, topic.topicId, actor);
	return topic;
}

async function startProduct(data: string, port: number): Promise<{ pid: number; took: number }> {
	const began = performance.now();
	const child = spawn(process.execPath, [join(projectFolder, 'open-talks.mjs'), 'start'], {
		stdio: ['ignore', 'ignore', 'pipe'],
		env: { ...process.env, OPEN_TALKS_DATA: data, PORT: String(port), TRUSTED_PROXIES: '127.0.0.1', DATABASE_URL: '' }
	});
	let said = '';
	child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
	while (!said.includes('Open Talks is at')) {
		if (child.exitCode !== null) throw new Error(`the product did not start: ${said}`);
		await wait(20);
	}
	return { pid: child.pid!, took: performance.now() - began };
}

function send(signal: NodeJS.Signals, pid: number): void {
	try {
		process.kill(pid, signal);
	} catch {
		// gone with its parent
	}
}

function freePort(): Promise<number> {
	return new Promise((resolve) => {
		const probe = createServer().listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as { port: number };
			probe.close(() => resolve(port));
		});
	});
}
