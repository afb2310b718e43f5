import { createServer, type RequestListener, type Server } from 'node:http';
import type { Database } from '#database/connection.server.ts';
import { obstacle } from '#database/obstacle.ts';
import type { Settings } from '#database/settings.server.ts';
import type * as Entry from './src/server-entry.ts';

export interface Serving {
	/** where people reach it */
	readonly address: string;
	/** Takes no new requests, ends those under way, then resolves. */
	stop(): Promise<void>;
}

/** Serves the pages and the API of the built product. The database is open and migrated. */
export async function serve(settings: Settings, database: Database): Promise<Serving> {
	// adapter-node believes 'https' and the Host header unless told otherwise: we say both ourselves, and never the client
	process.env.PROTOCOL_HEADER = 'x-open-talks-protocol';
	process.env.HOST_HEADER = 'x-open-talks-host';
	// what is too large to be kept still passes, so that whoever chose a huge file gets back what they typed: form-body.server.ts
	process.env.BODY_SIZE_LIMIT = '1G';
	const built = new URL('./build/', import.meta.url).href;
	const { answerApi, front, joinSiblings, openContext, readyToDetect } = (await import(
		`${built}server/open-talks.js`
	)) as typeof Entry;
	const { handler } = (await import(`${built}handler.js`)) as { handler: RequestListener };

	const context = await openContext(settings, database);
	joinSiblings(context);
	const answer = front(context, { pages: handler, api: answerApi() });
	const servers = await Promise.all((await hosts(settings)).map((host) => listen(answer, host, settings.port)));
	// after the first who are waiting already
	setTimeout(() => void readyToDetect(), 100).unref();
	return {
		address: settings.origin ?? `http://localhost:${settings.port}`,
		stop: async () => {
			// they never end by themselves
			context.live.close();
			await Promise.all(servers.map(stopped));
			await context.opinions.close();
			await context.signIn.close();
		}
	};
}

/** Loopback unless told otherwise; ::1 too where this machine has it. */
async function hosts({ host }: Settings): Promise<string[]> {
	if (host !== null) return [host];
	return (await hasIPv6Loopback()) ? ['127.0.0.1', '::1'] : ['127.0.0.1'];
}

function hasIPv6Loopback(): Promise<boolean> {
	return new Promise((resolve) => {
		const probe = createServer().once('error', () => resolve(false));
		probe.listen(0, '::1', () => probe.close(() => resolve(true)));
	});
}

function listen(answer: RequestListener, host: string, port: number): Promise<Server> {
	return new Promise((resolve, reject) => {
		const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 120_000 }, answer);
		server.once('error', (error: NodeJS.ErrnoException) =>
			reject(error.code === 'EADDRINUSE' ? obstacle('port-taken', { port, host }, error) : error)
		);
		server.listen(port, host, () => resolve(server));
	});
}

function stopped(server: Server): Promise<void> {
	return new Promise((resolve) => {
		server.close(() => resolve());
		server.closeIdleConnections();
		setTimeout(() => server.closeAllConnections(), 10_000).unref();
	});
}
