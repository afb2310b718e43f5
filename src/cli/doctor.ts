import { existsSync, mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { read, result } from '#cli/console.ts';
import { lacking } from '#database/migrating.server.ts';
import { isObstacle } from '#database/obstacle.ts';
import { openDatabase } from '#database/opening.server.ts';
import { projectFolder } from '#database/project.server.ts';
import { readSettings, settingsList, type Settings } from '#database/settings.server.ts';
import type { Verb } from '#cli/verb.ts';

interface Finding {
	readonly what: string;
	readonly found: string;
	readonly isWrong?: boolean;
}

export const verb: Verb = {
	words: '',
	summary: 'What is set, what is found, what is wrong.',
	async run(words) {
		read(words, {}, 0);
		console.log('Settings');
		for (const { name, standard, meaning } of settingsList)
			console.log(`  ${name}=${shown(name)}\n      ${meaning} Without it: ${standard}.`);
		const findings = await look();
		console.log('\nFound');
		for (const { what, found, isWrong } of findings) console.log(`  ${isWrong ? '✖' : '✔'} ${what}: ${found}`);
		const wrongs = findings.filter(({ isWrong }) => isWrong);
		result({ wrong: wrongs.map(({ what }) => what) });
		return wrongs.length === 0 ? 0 : 1;
	}
};

function shown(name: string): string {
	const value = process.env[name];
	if (!value) return '(not set)';
	if (name.endsWith('SECRET')) return '(set, not shown)';
	if (!URL.canParse(value)) return value;
	const url = new URL(value);
	if (url.password) url.password = '…';
	return url.href;
}

async function look(): Promise<Finding[]> {
	const node: Finding = { what: 'Node', found: process.versions.node, isWrong: Number.parseInt(process.versions.node, 10) < 24 };
	const pages: Finding = existsSync(join(projectFolder, 'build/handler.js'))
		? { what: 'pages', found: 'built' }
		: { what: 'pages', found: 'not built yet; start does it' };
	let settings;
	try {
		settings = readSettings();
	} catch (error) {
		return [node, pages, wrong('settings', error)];
	}
	return [node, pages, data(settings), ...(await database(settings))];
}

function data(settings: Settings): Finding {
	try {
		mkdirSync(settings.data, { recursive: true });
		const { bavail, bsize } = statfsSync(settings.data);
		const gigabytes = (bavail * bsize) / 1e9;
		const instead =
			settings.dataInsteadOf === null ? '' : ` (because the database's user cannot reach ${settings.dataInsteadOf})`;
		return {
			what: 'data folder',
			found: `${settings.data}${instead}, ${gigabytes.toFixed(1)} GB free`,
			isWrong: gigabytes < 0.2
		};
	} catch (error) {
		return wrong('data folder', error);
	}
}

async function database(settings: Settings): Promise<Finding[]> {
	try {
		const opened = await openDatabase(settings);
		const { rows } = await opened.query<{ version: string; size: string }>(
			`select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size`
		);
		const missing = await lacking(opened).catch((error: unknown) => error as Error);
		await opened.close();
		const kind = settings.databaseUrl === null ? 'embedded' : 'at DATABASE_URL';
		const migrations: Finding = Array.isArray(missing)
			? { what: 'migrations', found: missing.length === 0 ? 'all applied' : `${missing.length} to be applied at the next start` }
			: wrong('migrations', missing);
		return [{ what: 'database', found: `PostgreSQL ${rows[0]!.version}, ${kind}, ${rows[0]!.size}` }, migrations];
	} catch (error) {
		return [wrong('database', error)];
	}
}

function wrong(what: string, error: unknown): Finding {
	const message = error instanceof Error ? error.message : String(error);
	return { what, found: isObstacle(error) ? message : `unexpected: ${message}`, isWrong: true };
}
