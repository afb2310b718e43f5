import { connect, type Database } from '#database/connection.server.ts';
import { user } from '#database/embedded/cluster.server.ts';
import { keepRunning, type Purpose } from '#database/embedded/keeping.server.ts';
import { placeIn } from '#database/embedded/place.server.ts';
import { obstacle } from '#database/obstacle.ts';
import type { Settings } from '#database/settings.server.ts';

const oldestMajor = 15;

/** Opens the database that the settings name: the one at DATABASE_URL, or the embedded one, started where it does not run. */
export async function openDatabase(settings: Settings, purpose: Purpose = 'verb', connections = 10): Promise<Database> {
	const { clockShift } = settings;
	if (settings.databaseUrl === null) {
		const keeping = await keepRunning(placeIn(settings.data), purpose);
		return connect(socketAddress(keeping.host), { clockShift, connections, afterClose: () => keeping.leave() });
	}
	const database = connect(settings.databaseUrl, { clockShift, connections });
	try {
		await refuseOldPostgres(database, settings.databaseUrl);
		return database;
	} catch (error) {
		await database.close();
		throw error;
	}
}

/** The address of a database behind a socket folder. */
export function socketAddress(folder: string, database = user): string {
	return `postgresql://${user}@localhost/${database}?host=${encodeURIComponent(folder)}`;
}

async function refuseOldPostgres(database: Database, address: string): Promise<void> {
	let version;
	try {
		version = await database.query<{ server_version: string }>('show server_version');
	} catch (error) {
		const shown = new URL(address);
		shown.password = '';
		throw obstacle('database-unreachable', { address: shown.href, reason: reasonOf(error) }, error);
	}
	const found = version.rows[0]!.server_version;
	if (Number.parseInt(found, 10) < oldestMajor) throw obstacle('postgres-too-old', { version: found, needed: oldestMajor });
}

/** Where several addresses of a host were tried, Node gives an error without a message of its own. */
function reasonOf(error: unknown): string {
	if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
	return error instanceof Error ? error.message : String(error);
}
