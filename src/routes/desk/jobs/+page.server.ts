import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { record } from '#activity/recording.server.ts';
import { isAdministrator } from '#activity/staff.ts';
import { inTransaction, nilTopic, type Transaction } from '#database/connection.server.ts';
import {
	giveJobUp,
	jobCounts,
	jobsOnAPage,
	jobsStanding,
	jobStates,
	mayBeGivenUp,
	tryJobNow
} from '#jobs/looking-after.server.ts';
import { refusal } from '#refusals/refusal.ts';
import { answering, localized, parse } from '#web/answering.server.ts';
import { contextOf } from '#web/context.server.ts';
import type { Actions, PageServerLoad } from './$types';

const jobId = z.string().regex(/^\d{1,18}$/);

export const load: PageServerLoad = async (event) => {
	const { database } = contextOf(event);
	const { searchParams } = event.url;
	const state = jobStates.find((known) => known === searchParams.get('state')) ?? null;
	const before = jobId.safeParse(searchParams.get('before')).data ?? null;
	const [counts, jobs] = await Promise.all([jobCounts(database), jobsStanding(database, { state, before })]);
	return {
		state,
		counts: jobStates.map((name) => ({ state: name, count: counts[name] })),
		jobs: jobs.map((job) => ({
			...job,
			mayBeGivenUp: isAdministrator(event.locals.actor) && mayBeGivenUp(job),
			mayBeTried: job.state !== 'running'
		})),
		before: jobs.length === jobsOnAPage ? jobs.at(-1)!.id : null,
		done: searchParams.has('done')
	};
};

export const actions: Actions = {
	retry: answering(async (event, typed) => doing(event, typed, tryJobNow, 'tried again')),
	'give-up': answering(async (event, typed) => {
		if (!isAdministrator(event.locals.actor)) throw refusal('not-allowed');
		return doing(event, typed, giveJobUp, 'gave up');
	})
};

async function doing(
	event: Parameters<PageServerLoad>[0] | Parameters<Actions[string]>[0],
	typed: FormData,
	work: (transaction: Transaction, id: string) => Promise<string>,
	did: string
): Promise<never> {
	const { actor, say } = event.locals;
	const { job } = parse(z.object({ job: jobId }), typed, say);
	await inTransaction(contextOf(event).database, async (transaction) => {
		const task = await work(transaction, job);
		await record(transaction, { topicId: nilTopic, actor, did, kind: 'job', thingId: null, details: { task } });
	});
	redirect(303, localized(event, '/desk/jobs?done'));
}
