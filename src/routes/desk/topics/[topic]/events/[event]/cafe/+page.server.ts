import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { hostLink } from '#cafes/host-link.ts';
import { appointHost, dismissHost, hostsOf, longestHostName, makeHostLink, revokeHostLink } from '#cafes/hosts.server.ts';
import { beginRound, endRound, prolongRound, roundTurnsOf } from '#cafes/leading.server.ts';
import { mailHostLink } from '#cafes/mailing-hosts.server.ts';
import { planCafe } from '#cafes/planning.server.ts';
import { mayBegin, nextRound, roundOn, roundsHeld } from '#cafes/rounds.ts';
import { inTransaction } from '#database/connection.server.ts';
import type { OfEvent } from '#events/moving.server.ts';
import { registrationsOf } from '#events/registrations.server.ts';
import { languageCodes } from '#languages/languages.ts';
import { answering, localized, parse, WrongInput } from '#web/answering.server.ts';
import { cafeHead, cafeOfPage, questionTexts } from '#web/cafes/cafe-page.server.ts';
import { planFrom } from '#web/cafes/plan-form.server.ts';
import { contextOf } from '#web/context.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, cafe, at } = await cafeOfPage(event, { atDesk: true });
	const { database } = contextOf(event);
	const turns = await roundTurnsOf(database, topic.topicId, planned.eventId);
	const questions = questionTexts(topic, event.locals.language);
	return {
		...cafeHead(event, topic, planned),
		cafe: { version: cafe.version, tables: cafe.tables, rounds: cafe.rounds },
		questions: [...questions].map(([value, { number, text }]) => ({ value, number, text })),
		hosts: await hostsOf(database, topic.topicId, planned.eventId),
		candidates: (await candidates(event, { topicId: topic.topicId, eventId: planned.eventId })).map(
			({ registrationId, name }) => ({
				...{ value: registrationId, label: name }
			})
		),
		lead: {
			at,
			on: roundOn(turns),
			held: roundsHeld(turns),
			next: nextRound(cafe.rounds, turns)?.roundNumber ?? null,
			begin: cafe.rounds.map(({ roundNumber }) => roundNumber).filter((round) => mayBegin(turns, round, false)),
			rehearse: cafe.rounds.map(({ roundNumber }) => roundNumber).filter((round) => mayBegin(turns, round, true))
		},
		done: event.url.searchParams.get('done')
	};
};

const hostForm = z.object({
	table: z.coerce.number().int().min(1),
	/** somebody who registered; else a name is typed */
	registration: z.string().default(''),
	name: z.string().trim().max(longestHostName),
	email: z.union([z.literal('').transform(() => null), z.email('desk.email-wrong').max(254)]),
	language: z.enum(languageCodes),
	timeZone: z.string().transform((zone) => zone || null)
});
const ofHost = z.object({ host: z.uuid() });
const ofRound = z.object({ round: z.coerce.number().int().min(1) });
const moreMinutes = z.object({ minutes: z.coerce.number().int() });

export const actions: Actions = {
	plan: answering(async (event, typed) => {
		const { actor, say } = event.locals;
		const { of, back } = await asked(event);
		await planCafe(contextOf(event).database, { ...of, ...planFrom(typed, say) }, actor);
		return back('planned');
	}),

	host: answering(async (event, typed) => {
		const { actor, say } = event.locals;
		const { table, registration, name, ...host } = parse(hostForm, typed, say);
		const { of, back } = await asked(event);
		const known = (await candidates(event, of)).find(({ registrationId }) => registrationId === registration);
		if (!known && name === '') throw new WrongInput({ name: say('cafes.name-missing') });
		const appointed = {
			...host,
			...{ tableNumber: table, registrationId: known?.registrationId ?? null },
			...{ name: known?.name ?? name, email: host.email ?? known?.email ?? null }
		};
		await appointHost(contextOf(event).database, { ...of, host: appointed }, actor);
		return back('host', 'hosts');
	}),

	dismiss: answering(async (event, typed) => {
		const { host } = parse(ofHost, typed, event.locals.say);
		const { of, back } = await asked(event);
		await dismissHost(contextOf(event).database, { ...of, hostId: host }, event.locals.actor);
		return back('dismissed', 'hosts');
	}),

	// shown once: the page that answers is the only one that ever has the link
	link: answering(async (event, typed) => {
		const { host: hostId } = parse(ofHost, typed, event.locals.say);
		const { of } = await asked(event);
		const { database, settings } = contextOf(event);
		const origin = settings.origin ?? event.url.origin;
		return inTransaction(database, async (transaction) => {
			const { host, secret } = await makeHostLink(transaction, { ...of, hostId }, event.locals.actor);
			const isSent = await mailHostLink(transaction, of, { host, secret, origin });
			return {
				made: { link: hostLink(origin, host.language, secret), name: host.name, table: host.tableNumber, isSent }
			};
		});
	}),

	revoke: answering(async (event, typed) => {
		const { host } = parse(ofHost, typed, event.locals.say);
		const { of, back } = await asked(event);
		await revokeHostLink(contextOf(event).database, { ...of, hostId: host }, event.locals.actor);
		return back('revoked', 'hosts');
	}),

	begin: answering(async (event, typed) => {
		const { round } = parse(ofRound, typed, event.locals.say);
		const { of, back } = await asked(event);
		const isRehearsal = typed.get('as') === 'rehearsal';
		await beginRound(contextOf(event).database, { ...of, roundNumber: round, isRehearsal }, event.locals.actor);
		return back('begun');
	}),

	prolong: answering(async (event, typed) => {
		const { minutes } = parse(moreMinutes, typed, event.locals.say);
		const { of, back } = await asked(event);
		await prolongRound(contextOf(event).database, { ...of, minutes }, event.locals.actor);
		return back('prolonged');
	}),

	end: answering(async (event) => {
		const { of, back } = await asked(event);
		await endRound(contextOf(event).database, of, event.locals.actor);
		return back('ended');
	})
};

/** Those who have a place and host no table yet. */
async function candidates(event: RequestEvent<{ topic: string; event: string }>, of: OfEvent) {
	const { database } = contextOf(event);
	const hosting = new Set((await hostsOf(database, of.topicId, of.eventId)).map(({ registrationId }) => registrationId));
	return (await registrationsOf(database, of)).flatMap(({ registrationId, name, email, state }) =>
		state === 'placed' && name !== null && !hosting.has(registrationId) ? [{ registrationId, name, email }] : []
	);
}

async function asked(event: RequestEvent<{ topic: string; event: string }>) {
	const { topic, planned } = await cafeOfPage(event, { atDesk: true });
	return {
		of: { topicId: topic.topicId, eventId: planned.eventId },
		back: (done: string, part = ''): never =>
			redirect(
				303,
				localized(event, `/desk/topics/${topic.slug}/events/${planned.number}/cafe?done=${done}${part && `#${part}`}`)
			)
	};
}
