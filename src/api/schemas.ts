import { threadOrders } from '#ideas/comments/thread.ts';
import { z } from '@hono/zod-openapi';
import { channels } from '#contributions/contribution.ts';
import { limits } from '#ideas/idea.ts';
import { opinionWords } from '#ideas/opinions/opinion.ts';
import { tokenScopes } from '#people/tokens.ts';

// What goes over the wire, as the OpenAPI document tells it.

export const refusalBody = z
	.object({
		code: z.string().openapi({ example: 'stage-closed', description: 'Stays the same from version to version.' }),
		message: z
			.string()
			.openapi({ example: 'This is not open at the moment.', description: 'In the language of Accept-Language.' })
	})
	.openapi('Refusal');

export const topicPath = z.object({
	topic: z
		.string()
		.max(80)
		.openapi({ param: { name: 'topic', in: 'path' }, example: 'internet-policy' })
});

export const ideaPath = topicPath.extend({
	number: z.coerce
		.number()
		.int()
		.min(1)
		.max(2 ** 31 - 1)
		.openapi({ param: { name: 'number', in: 'path' }, example: 214 })
});

export const visitorBody = z
	.object({ token: z.string().openapi({ description: 'Send it as `Authorization: Bearer …`; it is one visitor.' }) })
	.openapi('Visitor');

export const meBody = z
	.object({
		name: z.string(),
		email: z.string(),
		language: z.string(),
		scopes: z.array(z.enum(tokenScopes)),
		expires: z.iso.datetime()
	})
	.openapi('Me');

export const proofBody = z
	.object({
		challenge: z
			.object({
				parameters: z
					.object({ nonce: z.string(), salt: z.string(), keyPrefix: z.string() })
					.openapi({ description: 'With others beside them; send all back as they came.' }),
				signature: z.string().optional()
			})
			.nullable()
			.openapi({ description: 'null while nothing is asked' })
	})
	.openapi('Proof');

export const opinionBody = z
	.object({
		value: z.enum(opinionWords),
		version: z
			.number()
			.int()
			.min(1)
			.max(32767)
			.optional()
			.openapi({ description: 'The version of the wording that was shown; `changed-meanwhile` where it reads otherwise now.' })
	})
	.openapi('Opinion');

export const nextBody = z
	.object({
		next: z
			.number()
			.int()
			.nullable()
			.openapi({ description: 'An idea of others that this visitor has not judged; null where none is left.' })
	})
	.openapi('Next');

export const newIdeaBody = z
	.object({
		text: z
			.string()
			.max(limits.point * 2)
			.openapi({ example: 'Build regional exchange points first' }),
		question: z.number().int().min(1).nullable().optional().openapi({ description: 'Number of the guiding question.' }),
		language: z.string().max(35).openapi({ example: 'en', description: 'BCP 47, or `und`.' }),
		explanation: z
			.string()
			.max(limits.explanation * 2)
			.optional()
			.openapi({ description: 'Markdown' }),
		sources: z
			.string()
			.max(limits.sources * 2)
			.optional()
	})
	.openapi('NewIdea');

export const ideaMade = z
	.object({
		number: z.number().int(),
		held: z.boolean().openapi({ description: 'Waits for a moderator before others see it.' }),
		receipt: z.object({
			address: z.string().openapi({ description: 'Path of the receipt page.' }),
			code: z.string().openapi({ description: 'Opens the receipt on any device: edit, withdraw, follow, appeal, erase.' })
		})
	})
	.openapi('IdeaMade');

const counts = z.object({ agree: z.number().int(), disagree: z.number().int(), pass: z.number().int() }).openapi('Counts');

const author = z
	.object({
		name: z.string().nullable(),
		organisation: z.string().nullable(),
		groups: z.array(z.string()),
		region: z.string().nullable()
	})
	.openapi('Author', { description: 'As its author chose to appear.' });

export const ideaBody = z
	.object({
		number: z.number().int(),
		text: z.string(),
		language: z.string(),
		question: z.number().int().nullable(),
		channel: z.enum(channels),
		published: z.iso.datetime(),
		comments: z.number().int(),
		counts: counts.nullable().openapi({ description: 'null while results are blind' }),
		author
	})
	.openapi('Idea');

export const oneIdeaBody = ideaBody
	.extend({
		version: z.number().int(),
		explanation: z.string(),
		sources: z.string(),
		successorOf: z.number().int().nullable(),
		successors: z.array(z.number().int())
	})
	.openapi('OneIdea');

/** Of a confirmed theme. */
export const themeNumber = z.coerce
	.number()
	.int()
	.min(1)
	.max(2 ** 31 - 1)
	.optional()
	.openapi({ description: 'Only ideas of the theme of this number.' });

export const listQuery = z.object({
	sort: z.enum(['newest', 'discussed', 'supported', 'random']).optional(),
	question: z.coerce.number().int().min(1).optional(),
	group: z.string().max(80).optional(),
	region: z.string().max(80).optional(),
	channel: z.enum(channels).optional(),
	language: z.string().max(35).optional(),
	theme: themeNumber,
	search: z.string().max(300).optional(),
	after: z.string().max(80).optional().openapi({ description: 'The `next` of the page before.' })
});

export const listBody = z
	.object({
		ideas: z.array(ideaBody),
		next: z.string().nullable().openapi({ description: 'Ask for it as `after`; null: the last page.' })
	})
	.openapi('Ideas');

export const commentsQuery = z.object({
	from: z.string().max(60).optional().openapi({ description: 'The `next` of the page before.' }),
	since: z.coerce
		.number()
		.int()
		.min(0)
		.max(2 ** 31 - 1)
		.optional()
		.openapi({ description: 'Only comments with a higher number: what is new since then.' }),
	order: z.enum(threadOrders).optional().openapi({
		description:
			'The branches in this order, the long ones folded: by their first comment (oldest, newest), by their latest answer (active), by how many answers they have (answered). Without it, everything in the order of the threads.'
	}),
	branch: z.coerce
		.number()
		.int()
		.min(1)
		.max(2 ** 31 - 1)
		.optional()
		.openapi({ description: 'Only what was said below the comment of this number, its own long branches folded.' })
});

export const commentsBody = z
	.object({
		comments: z.array(
			z.object({
				number: z.number().int(),
				answers: z.number().int().nullable(),
				depth: z.number().int(),
				side: z.enum(['for', 'against', 'neutral']),
				text: z.string().nullable().openapi({ description: 'null where it was hidden or withdrawn' }),
				language: z.string(),
				written: z.iso.datetime(),
				author,
				folded: z.number().int().optional().openapi({
					description:
						'Of a comment whose branch is folded: how many answers it has in all, those shown among them. They are asked for by `branch`.'
				})
			})
		),
		next: z.string().nullable()
	})
	.openapi('Comments');

const texts = z.record(z.string(), z.string()).openapi({ description: 'by language' });

export const topicBody = z
	.object({
		topic: z.string(),
		title: texts,
		summary: texts,
		languages: z.array(z.string()),
		questions: z.array(z.object({ number: z.number().int(), text: texts })),
		stages: z.array(
			z.object({
				name: texts,
				opens: z.iso.datetime(),
				closes: z.iso.datetime(),
				takes: z.object({
					ideas: z.boolean(),
					submissions: z.boolean(),
					comments: z.boolean(),
					opinions: z.enum(['no', 'blind', 'shown'])
				})
			})
		),
		counts: z.record(z.string(), z.number().int())
	})
	.openapi('Topic');

export const topicsBody = z
	.object({ topics: z.array(z.object({ topic: z.string(), title: texts, standing: z.enum(['coming', 'open', 'finished']) })) })
	.openapi('Topics');
