import { pathInLanguage } from '#languages/languages.ts';
import { calendar } from '#events/calendar.ts';
import { entryOfEvent } from '#events/calendar-of-event.server.ts';
import { eventsOfTopic } from '#events/events.server.ts';
import { deliverablesShown, topicShown } from '#topics/showing.server.ts';
import { contextOf } from '#web/context.server.ts';
import { momentOf, topicOfPage } from '#web/talk/topic-of-page.server.ts';
import type { RequestHandler } from './$types';

/** Stages, events and what was promised by when, for the calendar of whoever takes part. */
export const GET: RequestHandler = async (event) => {
	const topic = await topicOfPage(event);
	const { language, say } = event.locals;
	const shown = topicShown(topic, language, momentOf(contextOf(event)));
	const address = event.url.origin + pathInLanguage(`/topics/${topic.slug}`, language);
	const events = await eventsOfTopic(contextOf(event).database, topic.topicId);
	const versions = new Map(topic.stages.map(({ stageId, version }) => [stageId, version]));
	const text = calendar({
		title: shown.title.text,
		stamp: topic.publishedAt ?? topic.createdAt,
		entries: [
			...shown.stages.map((stage) => ({
				id: stage.stageId,
				title: [shown.title.text, stage.name.text].filter(Boolean).join(': '),
				text: stage.explanation.text,
				address,
				sequence: versions.get(stage.stageId) ?? 0,
				when: { from: stage.opensAt, to: stage.closesAt }
			})),
			...events.map((planned) =>
				entryOfEvent(planned, {
					address: `${address}/events/${planned.number}`,
					language,
					defaultLanguage: topic.defaultLanguage,
					remoteLink: null
				})
			),
			...deliverablesShown(topic, language).flatMap(({ deliverableId, deadline, title, addressee, meeting }) =>
				deadline === null
					? []
					: [
							{
								id: deliverableId,
								title: say('feeds.deadline', { title: title.text }),
								text: [addressee.text, meeting.text].filter(Boolean).join(', '),
								address,
								sequence: 0,
								when: { day: deadline }
							}
						]
			)
		]
	});
	return new Response(text, {
		headers: {
			'content-type': 'text/calendar; charset=utf-8',
			'content-disposition': `attachment; filename="${topic.slug}.ics"`
		}
	});
};
