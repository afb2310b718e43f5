import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { onLine } from '#database/embedded/lines.server.ts';
import { setTimeout as wait } from 'node:timers/promises';
import { prepareFolders, socketFolder, type Place } from '#database/embedded/place.server.ts';
import { obstacle, type ObstacleCode } from '#database/obstacle.ts';
import { projectFolder } from '#database/project.server.ts';

/** `start` is the server, of which there is one; anything else works beside it. */
export type Purpose = 'start' | 'verb';

export interface Keeping {
	/** The socket folder, to be given to pg as host. */
	readonly host: string;
	leave(): void;
}

interface Answer {
	welcome?: true;
	standing?: true;
	refused?: ObstacleCode;
	values?: Record<string, string | number>;
	failed?: string;
}

/** Has the embedded database run as long as this process lives (or until `leave`), starting it where it does not run yet. */
export async function keepRunning(place: Place, purpose: Purpose): Promise<Keeping> {
	prepareFolders(place);
	let left = false;
	let socket = await enter(place, purpose);
	rejoinWhenLost();
	return {
		host: socketFolder(place),
		leave() {
			left = true;
			socket.destroy();
		}
	};

	/** A keeper that was killed, or whose server crashed, is replaced; meanwhile queries fail and say so. */
	function rejoinWhenLost(): void {
		socket.unref();
		socket.once('close', () => void rejoin());
	}
	async function rejoin(): Promise<void> {
		while (!left) {
			try {
				socket = await enter(place, purpose);
				if (left) socket.destroy();
				rejoinWhenLost();
				return;
			} catch (error) {
				process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
				await wait(2000, undefined, { ref: false });
			}
		}
	}
}

async function enter(place: Place, purpose: Purpose): Promise<Socket> {
	for (const end = Date.now() + 180_000; Date.now() < end; await wait(20)) {
		const socket = await knock(place, purpose);
		if (socket) return socket;
		await startKeeper(place);
	}
	throw obstacle('database-did-not-start', {
		folder: place.folder,
		reason: 'no keeper answered in three minutes',
		log: join(place.folder, 'log')
	});
}

/** Null where no keeper listens, or where it is just leaving. */
async function knock(place: Place, purpose: Purpose): Promise<Socket | null> {
	const socket = connect(join(socketFolder(place), 'keeper'));
	const answer = await new Promise<Answer | null>((resolve) => {
		socket.on('error', () => resolve(null));
		socket.on('close', () => resolve(null));
		socket.on('connect', () => socket.write(`${JSON.stringify({ purpose, pid: process.pid })}\n`));
		onLine(socket, (line) => resolve(JSON.parse(line) as Answer));
	});
	if (answer?.welcome && !socket.destroyed) return socket;
	socket.destroy();
	if (answer?.refused) throw obstacle(answer.refused, answer.values);
	return null;
}

/** Returns when the keeper stands, or when it left because another one does. */
async function startKeeper(place: Place): Promise<void> {
	const log = openSync(join(place.folder, 'log', 'keeper.log'), 'a', 0o600);
	const keeper = spawn(process.execPath, [join(projectFolder, 'src/database/embedded/keeper.server.ts'), JSON.stringify(place)], {
		cwd: projectFolder,
		detached: true,
		// not ours as it is: a secret has no business there, nor has the test runner's channel
		env: { PATH: process.env.PATH, TZ: 'UTC' },
		stdio: ['ignore', 'pipe', log]
	});
	closeSync(log);
	const said = keeper.stdout!;
	const answer = await new Promise<Answer | null>((resolve) => {
		keeper.once('error', () => resolve(null));
		keeper.once('exit', () => setTimeout(resolve, 20, null));
		onLine(said, (line) => resolve(JSON.parse(line) as Answer));
	});
	keeper.unref();
	said.destroy();
	if (answer?.refused) throw obstacle(answer.refused, answer.values);
	if (answer?.failed) throw new Error(`The keeper of the database failed: ${answer.failed}`);
}
