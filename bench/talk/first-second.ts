import { anIdeaDraft, anOpenTopic, aVisitor } from '#ideas/examples.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';
import { figure, quantile, rounded, type Figure } from './figures.ts';
import { addressOfVisitor, Connection, request } from './requests.ts';
import { openGround, ship } from './shipped.ts';

const people = 200;

/** The first opinions of 200 new visitors within one second, half of them by a double click: none refused, lost, doubled or left without a next idea. */
export async function firstSecond(bench = 'first-second'): Promise<Figure[]> {
	const ground = await openGround();
	try {
		const { database, keys } = ground;
		const { topicId, slug } = await anOpenTopic(database);
		for (let number = 0; number < 10; number++)
			await submitIdea(database, keys, anIdeaDraft(topicId, { point: `Idea ${number}` }), aVisitor('author'));
		const shipped = await ship(ground);
		try {
			const answers = await Promise.all(Array.from({ length: people }, (_, visitor) => takePart(shipped.port, slug, visitor)));
			const withoutNext = answers.flat().filter(({ status, body }) => status === 200 && !/"next":\d/.test(body)).length;
			const refused = answers.flat().filter(({ status }) => status !== 200).length;
			const { rows } = await database.query<{ opinions: number; participants: number; counted: number }>(
				`select
					(select count(*) from opinions where topic_id = $1) as opinions,
					(select count(*) - 1 from participants where topic_id = $1) as participants,
					(select sum(agree + disagree + pass) from idea_counts where topic_id = $1) as counted`,
				[topicId]
			);
			const { opinions, participants, counted } = rows[0]!;
			const lost = Math.max(0, people - opinions) + Math.max(0, people - counted);
			const doubled = Math.max(0, opinions - people) + Math.max(0, participants - people) + Math.max(0, counted - people);
			return [
				figure(
					{
						bench,
						value: refused + lost + doubled + withoutNext,
						unit: 'opinions refused, lost, doubled or without a next idea',
						baseline: null,
						must: '0'
					},
					{
						refused,
						lost,
						doubled,
						withoutNext,
						p99: rounded(
							quantile(
								answers.flat().map(({ took }) => took),
								0.99
							)
						)
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

/** A visitor comes at some moment of the second, and clicks. */
async function takePart(port: number, slug: string, visitor: number) {
	await new Promise((resolve) => setTimeout(resolve, Math.random() * 1000));
	const from = addressOfVisitor(visitor);
	const arrived = await fetch(`http://localhost:${port}/api/v1/visitors`, {
		method: 'POST',
		headers: { 'x-forwarded-for': from }
	});
	const { token } = (await arrived.json()) as { token: string };
	const message = request('PUT', `/api/v1/topics/${slug}/ideas/${(visitor % 10) + 1}/opinion`, {
		port,
		from,
		headers: { authorization: `Bearer ${token}` },
		body: JSON.stringify({ value: 'agree' })
	});
	const clicks = visitor % 2 === 0 ? 2 : 1;
	return Promise.all(
		Array.from({ length: clicks }, async () => {
			const connection = new Connection(port);
			const answer = await connection.ask(message);
			connection.close();
			return answer;
		})
	);
}
