// The process that owns an embedded database. Nobody's child: it leads its own session, so that Ctrl-C reaches the programs that use the
// database and lets them finish their writes. Each of them holds a connection to the keeper's socket; when the last one is gone, however
// it went, the keeper waits a moment, stops the server cleanly and leaves. PostgreSQL's own lock file decides which of two keepers stays.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { onLine } from '#database/embedded/lines.server.ts';
import { startCluster, type Cluster } from '#database/embedded/cluster.server.ts';
import { databaseFolder, socketFolder, type Place } from '#database/embedded/place.server.ts';
import { isObstacle } from '#database/obstacle.ts';

const place = JSON.parse(process.argv[2]!) as Place;
process.title = `open-talks keeper ${place.folder}`;
// the terminal's signals are for others, and so is the end of the pipe on which it reported its start
for (const signal of ['SIGINT', 'SIGHUP', 'SIGPIPE'] as const) process.on(signal, () => {});
process.stdout.on('error', () => {});

let cluster: Cluster;
let leaving = false;
let timer: NodeJS.Timeout | undefined;
let starter: { pid: number; socket: Socket } | undefined;
const users = new Set<Socket>();
const door = join(socketFolder(place), 'keeper');

try {
	const started = await startCluster(place, { isKept, spawned: watchdog() });
	if (!started) process.exit(0);
	cluster = started;
} catch (error) {
	report(
		isObstacle(error)
			? { refused: error.code, values: error.values }
			: { failed: String(error instanceof Error ? error.stack : error) }
	);
	process.exit(1);
}
cluster.server.once('exit', () => {
	if (leaving) return;
	rmSync(door, { force: true });
	process.exit(1);
});
process.on('SIGTERM', () => void leave());
const entrance = createServer(welcome);
await open(entrance);
report({ standing: true });
leaveWhenEmpty();

/** Whether another keeper listens. */
function isKept(): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(door)
			.on('connect', () => resolve(true))
			.on('error', () => resolve(false));
		socket.on('close', () => resolve(false)).setTimeout(1000, () => socket.destroy());
		socket.on('connect', () => socket.destroy());
	});
}

/** Bound under a name of its own and moved into place: a socket that a dead keeper left behind is replaced in one step. */
async function open(server: Server): Promise<void> {
	const own = `${door}.${process.pid}`;
	rmSync(own, { force: true });
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(own, resolve));
	renameSync(own, door);
}

function welcome(socket: Socket): void {
	users.add(socket);
	clearTimeout(timer);
	socket.on('error', () => {});
	socket.on('close', () => {
		users.delete(socket);
		if (starter?.socket === socket) starter = undefined;
		leaveWhenEmpty();
	});
	onLine(socket, (line) => {
		const { purpose, pid } = JSON.parse(line) as { purpose: string; pid: number };
		if (purpose === 'start' && starter) {
			socket.end(`${JSON.stringify({ refused: 'already-started', values: { folder: place.folder, process: starter.pid } })}\n`);
			return;
		}
		if (purpose === 'start') starter = { pid, socket };
		socket.write(`${JSON.stringify({ welcome: true })}\n`);
	});
}

function leaveWhenEmpty(): void {
	clearTimeout(timer);
	if (users.size === 0) timer = setTimeout(() => void leave(), place.linger);
	// a test that removes its folder wants no server in it
	if (!existsSync(databaseFolder(place))) void leave();
}

async function leave(): Promise<void> {
	if (leaving) return;
	leaving = true;
	rmSync(door, { force: true });
	entrance.close();
	for (const socket of users) socket.destroy();
	await cluster.stop();
	process.exit(0);
}

/**
 * Stops the server cleanly when this process is killed: the shell's input ends with us. It goes by the lock file, so that it hits no other
 * process, and waits for it a little, for we may be killed before the server has written it.
 */
function watchdog(): (server: ChildProcess) => void {
	const script = `
		while read -r line; do server=$line; done
		[ -n "$server" ] || exit
		for attempt in $(seq 100); do
			[ "$(head -n 1 "$1/postmaster.pid" 2> /dev/null)" = "$server" ] && kill -INT "$server" && exit
			kill -0 "$server" || exit
			sleep 0.1
		done`;
	const shell = spawn('/bin/sh', ['-c', script, 'open-talks-watchdog', databaseFolder(place)], {
		detached: true,
		stdio: ['pipe', 'ignore', 'ignore']
	});
	shell.on('error', () => {});
	shell.stdin.on('error', () => {});
	shell.unref();
	return ({ pid }) => void shell.stdin.write(`${pid}\n`);
}

function report(what: object): void {
	process.stdout.write(`${JSON.stringify(what)}\n`);
}
