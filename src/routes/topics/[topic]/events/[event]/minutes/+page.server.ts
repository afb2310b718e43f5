import { headOf } from '#topics/showing.server.ts';
import { chapterAddress, chaptersIn, takesSuggestions } from '#townhalls/minutes/minutes.ts';
import { minutesOf, recordingOf } from '#townhalls/minutes/minutes.server.ts';
import { suggestionsOf } from '#townhalls/minutes/suggesting.server.ts';
import { contextOf } from '#web/context.server.ts';
import { eventInBrief, eventOfPage } from '#web/events/event-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { topic, planned, at } = await eventOfPage(event);
	const { database } = contextOf(event);
	const { language } = event.locals;
	const [minutes, recording, suggestions] = await Promise.all([
		minutesOf(database, planned),
		recordingOf(database, planned),
		suggestionsOf(database, planned)
	]);
	// a draft is the desk's
	const isSeen = minutes !== null && minutes.state !== 'draft';
	return {
		topic: headOf(topic, language),
		event: eventInBrief(planned, topic, language, at),
		defaultLanguage: topic.defaultLanguage,
		minutes: isSeen ? minutes : null,
		takesSuggestions: isSeen && takesSuggestions(minutes, at),
		refused: isSeen ? suggestions.filter(({ answer }) => answer === 'refused') : [],
		recording: recording && {
			address: recording.address,
			chapters: chaptersIn(recording.chapters).chapters.map(({ seconds, title }) => ({
				...{ seconds, title },
				address: chapterAddress(recording.address, seconds)
			}))
		}
	};
};
