import type { RequestEvent } from '@sveltejs/kit';
import type { EventOfTopic } from '#events/event.ts';
import { lastMove } from '#events/moving.server.ts';
import { inLanguage } from '#languages/texts.server.ts';
import { institutionSeen } from '#topics/institution/institution.server.ts';
import type { Topic } from '#topics/topic.ts';
import { agendaOf } from '#townhalls/agenda.server.ts';
import { floorShown, timesOfAgenda } from '#townhalls/floor/showing.server.ts';
import { contextOf } from '#web/context.server.ts';
import { groupOptions } from '#web/talk/group-names.server.ts';

/** What everybody sees of agenda and floor. The number of the last move is read first: what happens meanwhile is heard once more. */
export async function floorForAll(event: RequestEvent, topic: Topic, planned: EventOfTopic, at: Date) {
	const { database } = contextOf(event);
	const { language, say } = event.locals;
	const last = await lastMove(database, planned.topicId, planned.eventId);
	const [floor, items, times, institution] = await Promise.all([
		floorShown(database, planned, at),
		agendaOf(database, planned),
		timesOfAgenda(database, planned, at),
		institutionSeen(database)
	]);
	const library = new Map(topic.documents.map((document) => [document.documentId, document]));
	const words = (texts: (typeof items)[number]['texts']) => inLanguage(texts['title'], [language], topic.defaultLanguage);
	return {
		...{ last, floor, times, at },
		groups: groupOptions(institution, say),
		items: items.map(({ itemId, speakers, texts, documents }) => ({
			...{ itemId, speakers, title: words(texts) },
			documents: documents.flatMap((documentId) => {
				const document = library.get(documentId);
				if (!document) return [];
				const address = document.address ?? `/topics/${topic.slug}/library/${documentId}`;
				return [{ documentId, title: words(document.texts), address, isOurs: document.address === null }];
			})
		}))
	};
}
