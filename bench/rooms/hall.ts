import { Agent, request, type IncomingMessage } from 'node:http';
import { anEvent } from '#events/examples.server.ts';
import { anOpenTopic } from '#ideas/examples.server.ts';
import { aWrittenPoll } from '#townhalls/polls/examples.ts';
import { makePoll, turnPoll } from '#townhalls/polls/planning.server.ts';
import { figure, quantile, rounded, type Figure } from '../talk/figures.ts';
import { openGround, ship } from '../talk/shipped.ts';

const people = 500;
const allowedMs = 5000;
/** When the code appears on the screen, people take out their phones within so long. */
const arrivingMs = 3000;

/**
 * 500 people behind one address join by the code on the screen and answer a poll, each as a browser does it, with the limits on, a fifth of them by a double
 * click: whose answer is refused, lost, counted twice, or later than five seconds after the first.
 */
export async function hall(bench = 'hall'): Promise<Figure[]> {
	const ground = await openGround();
	try {
		const { database } = ground;
		const staff = { kind: 'job', name: 'bench' } as const;
		const { topicId, slug } = await anOpenTopic(database);
		const event = await anEvent(database, { topicId, kind: 'town-hall' });
		const { pollId, number } = await makePoll(database, event, aWrittenPoll(), staff);
		await turnPoll(database, { topicId, pollId }, 'open', staff);
		const shipped = await ship(ground);
		try {
			const visit = new Visits(shipped.port);
			// the first page of a process is made more slowly; nobody asks for the second before the code is shown
			await visit.ask('GET', `/topics/${slug}/events/${event.number}/here`);
			const before = shipped.cpu();
			const began = performance.now();
			const room = `/topics/${slug}/events/${event.number}/here`;
			const answers = await Promise.all(
				Array.from({ length: people }, (_, person) => takePart(visit, { room, code: event.code, poll: number, person }))
			);
			const cpu = before === null ? null : (shipped.cpu()! - before) / 1000 / people;
			visit.close();
			const { rows } = await database.query<{ answers: number; counted: number; participants: number }>(
				`select
					(select count(*) from poll_answers where topic_id = $1) as answers,
					(select sum(count) from poll_counts where topic_id = $1 and choice > 0) as counted,
					(select count(*) from participants where topic_id = $1) as participants`,
				[topicId]
			);
			const { answers: kept, counted, participants } = rows[0]!;
			const refused = answers.filter(({ isTaken }) => !isTaken).length;
			const lost = Math.max(0, people - kept) + Math.max(0, people - counted);
			const doubled = Math.max(0, kept - people) + Math.max(0, counted - people) + Math.max(0, participants - people);
			const late = answers.filter(({ at }) => at - began > allowedMs).length;
			const took = answers.map(({ took }) => took);
			return [
				figure(
					{
						bench,
						value: refused + lost + doubled + late,
						unit: 'answers refused, lost, doubled or late',
						baseline: null,
						must: '0'
					},
					{
						...{ refused, lost, doubled, late },
						lastAfterMs: rounded(Math.max(...answers.map(({ at }) => at)) - began),
						fromCodeToAnswerMs: { p50: rounded(quantile(took, 0.5)), p99: rounded(quantile(took, 0.99)) },
						...(cpu !== null && { serverMsAPerson: rounded(cpu) })
					}
				)
			];
		} finally {
			await shipped.stop();
		}
	} finally {
		await ground.close();
	}
}

interface TakingPart {
	readonly room: string;
	readonly code: string;
	readonly poll: number;
	readonly person: number;
}

/** By the code to the page of the room with the cookie that came with it, with that the answer, and to the page that follows it. */
async function takePart(visits: Visits, { room, code, poll, person }: TakingPart) {
	await new Promise((resolve) => setTimeout(resolve, (arrivingMs * person) / people));
	const arrived = performance.now();
	const joined = await visits.ask('GET', `/join/${code}`);
	const here = joined.location ?? room;
	const page = await visits.ask('GET', here, joined);
	const { cookie } = page.cookie === '' ? joined : page;
	const body = `form=poll-${poll}&poll=${poll}&choice=${1 + (person % 3)}`;
	const clicks = await Promise.all(
		Array.from({ length: person % 5 === 0 ? 2 : 1 }, () => visits.ask('POST', `${here}?/answer`, { cookie, body }))
	);
	const at = performance.now();
	// the page that thanks, and shows the figures
	const thanks = await visits.ask('GET', clicks.at(-1)!.location ?? here, { cookie });
	return {
		isTaken: [page, thanks].every(({ status }) => status === 200) && clicks.every(({ status }) => status === 303),
		at,
		took: at - arrived
	};
}

interface Answered {
	readonly status: number;
	readonly cookie: string;
	readonly location: string | undefined;
}

/** Requests as browsers send them. */
class Visits {
	readonly #port: number;
	readonly #agent = new Agent({ keepAlive: true, maxSockets: 600 });

	constructor(port: number) {
		this.#port = port;
	}

	async ask(method: 'GET' | 'POST', path: string, { cookie = '', body = '' } = {}): Promise<Answered> {
		const origin = `http://localhost:${this.#port}`;
		const headers = {
			...{ accept: 'text/html', 'accept-encoding': 'gzip', origin, host: `localhost:${this.#port}` },
			...(cookie !== '' && { cookie }),
			...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) })
		};
		const answer = await new Promise<IncomingMessage>((resolve, reject) => {
			request({ host: '127.0.0.1', port: this.#port, agent: this.#agent, method, path, headers }, resolve)
				.on('error', reject)
				.end(body);
		});
		// read to its end, or its connection is never free again
		for await (const _ of answer);
		const location = answer.headers.location;
		return {
			status: answer.statusCode!,
			cookie: (answer.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; '),
			location: location === undefined ? undefined : location.replace(origin, '')
		};
	}

	close(): void {
		this.#agent.destroy();
	}
}
