import { createRoute, z, type OpenAPIHono, type RouteHandler } from '@hono/zod-openapi';
import { agreedOnTopic, agreementSorts, levels, type AgreedIdea } from '#agreement/agreed.server.ts';
import type { Tally } from '#agreement/cells.ts';
import { agreementOf } from '#agreement/level.ts';
import { namedGroups } from '#agreement/named-groups.server.ts';
import { contextOf, limit, momentOf, requestOf, topicOf, whoAsks, type Env } from '#api/asking.server.ts';
import { json, refusals } from '#api/documenting.ts';
import { themeNumber, topicPath } from '#api/schemas.ts';
import { assertTheme } from '#api/themes.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { assurances } from '#topics/participants/profile.ts';
import type { Topic } from '#topics/topic.ts';

const key = z.string().max(80);
const share = z.number().min(0).max(1);
const bounds = z.tuple([share, share]).nullable();
const count = z.number().int();

const tally = {
	agree: count,
	disagree: count,
	pass: count,
	share: share.nullable().openapi({ description: '(agree + ½) / (n + 1), n = agree + disagree' }),
	within80: bounds,
	within95: bounds
};

const agreementQuery = z.object({
	sort: z.enum(agreementSorts).optional().openapi({
		description:
			'common-ground (default): by the lower 80 % bound of the heard group that agrees least; divided: by how surely one group agrees more than another; awaited: first what the heard groups support while others are missing.'
	}),
	level: z.enum(levels).optional(),
	question: z.coerce.number().int().min(1).optional(),
	group: key.optional().openapi({ description: 'Only ideas of which the cell of this stakeholder group is published.' }),
	region: key.optional().openapi({ description: 'The same of a region.' }),
	assurance: z.enum(assurances).optional().openapi({ description: 'The same of a kind of participant.' }),
	opinionGroup: z.string().max(5).optional().openapi({
		description: 'The same of an opinion group, by its letter; each idea then tells what every opinion group says to it.'
	}),
	theme: themeNumber,
	language: z.string().max(35).optional(),
	after: z.string().max(80).optional().openapi({ description: 'The `next` of the page before.' })
});

const agreementBody = z
	.object({
		thresholds: z
			.object({
				heard: count.openapi({ description: 'People of a group who agree or disagree, from which on it is heard.' }),
				majority: share.openapi({
					description:
						'A heard group supports an idea if its whole 80 % interval lies above, and opposes it if all of it lies below.'
				}),
				most: share.openapi({ description: 'Share of the heard groups that strong support takes.' }),
				groups: z.array(key).openapi({ description: 'The groups that consensus cannot do without.' })
			})
			.openapi({ description: 'By which the levels were computed.' }),
		totals: z
			.object({ consensus: count, opposition: count, divergence: count, 'not-heard': count })
			.nullable()
			.openapi({ description: 'Ideas of each level, whatever was asked; null while results are blind' }),
		opinionGroups: z.array(z.string()).openapi({
			description:
				'Letters of the opinion groups by which can be asked; none while they are not found or not stable, or results are blind.'
		}),
		ideas: z
			.array(
				z.object({
					number: count,
					text: z.string(),
					language: z.string(),
					question: count.nullable(),
					level: z.enum(levels),
					opposedBy: z.array(key),
					notHeardFrom: z.array(key).openapi({ description: 'Too few of them take a side, or their cell is withheld.' }),
					score: share.nullable(),
					turns: z.object({ groups: z.boolean().nullable(), regions: z.boolean().nullable() }).openapi({
						description: 'Whether the majority would be on the other side if each group, or region, weighed the same.'
					}),
					cells: z
						.array(
							z.object({
								dimension: z.enum(['group', 'region', 'assurance']),
								key,
								...tally,
								voices: count.nullable().openapi({
									description: 'Of a group: its people, those of one organisation counted once; null elsewhere.'
								}),
								published: z.iso.datetime()
							})
						)
						.openapi({ description: 'Published from five people on, and renewed when five more have spoken.' }),
					opinionGroups: z
						.array(z.object({ letter: z.string(), ...tally }))
						.openapi({ description: 'What is published of them, where `opinionGroup` was asked.' }),
					stances: z
						.object({ raises: count, supports: count, opposes: count })
						.openapi({ description: 'Longer texts; counted beside opinions, never added.' })
				})
			)
			.nullable()
			.openapi({ description: 'Those heard from some group; null while results are blind' }),
		next: z.string().nullable().openapi({ description: 'Ask for it as `after`; null: the last page.' })
	})
	.openapi('Agreement');

const agreement = createRoute({
	method: 'get',
	path: '/topics/{topic}/agreement',
	summary: 'Levels of support across the stakeholder groups',
	request: { params: topicPath, query: agreementQuery },
	responses: {
		200: json(agreementBody, 'Twenty ideas with their levels, and the published cells on which these rest'),
		...refusals(404, 422, 429)
	}
});

export function addAgreement(api: OpenAPIHono<Env>): void {
	api.openapi(agreement, agreementTold);
}

const agreementTold: RouteHandler<typeof agreement, Env> = async (asked) => {
	const request = requestOf(asked);
	limit(request, 'reading');
	const topic = await topicOf(request, asked.req.valid('param').topic);
	const { question, ...wishes } = asked.req.valid('query');
	const wanted = topic.questions.find(({ number }) => number === question);
	if (question !== undefined && !wanted) throw refusal('not-found');
	const { database } = contextOf(request);
	const seen = { actor: whoAsks(request), at: momentOf(request) };
	await assertTheme(database, topic.topicId, wishes.theme);
	const { letters } = await namedGroups(database, topic, seen);
	if (wishes.opinionGroup !== undefined && !letters.some((letter) => letter === wishes.opinionGroup)) throw refusal('not-found');
	const { ideas, after, totals, basis } = await agreedOnTopic(database, topic, { ...wishes, question: wanted?.questionId }, seen);
	const { heard, majority, most, groups } = basis;
	return asked.json(
		{
			thresholds: { heard, majority, most, groups: [...groups] },
			totals: ideas && totals,
			opinionGroups: [...letters],
			ideas: ideas && ideas.map((idea) => told(topic, idea, letters)),
			next: after
		},
		200
	);
};

function told(
	{ questions }: Topic,
	{ point, questionId, turnsByGroup, turnsByRegion, cells, opinionGroups, ...idea }: AgreedIdea,
	letters: readonly string[]
) {
	const { number, language, level, opposedBy, notHeardFrom, score, stances } = idea;
	return {
		number,
		text: point,
		language,
		question: questions.find((one) => one.questionId === questionId)?.number ?? null,
		level,
		opposedBy: [...opposedBy],
		notHeardFrom: [...notHeardFrom],
		score,
		turns: { groups: turnsByGroup, regions: turnsByRegion },
		cells: cells.map(({ dimension, key: of, agree, disagree, pass, voices, publishedAt }) => ({
			dimension,
			key: of,
			voices,
			...agreed({ agree, disagree, pass }),
			published: publishedAt.toISOString()
		})),
		opinionGroups: letters.flatMap((letter) => {
			const given = opinionGroups.get(letter);
			return given ? [{ letter, ...agreed(given) }] : [];
		}),
		stances
	};
}

function agreed({ agree, disagree, pass }: Tally) {
	const { share: agrees, within80, within95 } = agreementOf({ agree, disagree, pass });
	return { agree, disagree, pass, share: agrees, within80: within80 && pair(within80), within95: within95 && pair(within95) };
}

function pair([from, to]: readonly [number, number]): [number, number] {
	return [from, to];
}
