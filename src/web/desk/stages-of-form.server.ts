import type { Say } from '#languages/speaking.ts';
import type { TakesOpinions } from '#topics/stages/stage.ts';
import type { WrittenStage } from '#topics/stages/staging.server.ts';
import type { Topic } from '#topics/topic.ts';
import { instantOf } from '#topics/stages/zones.ts';
import { WrongInput } from '#web/answering.server.ts';
import { isWritten, textsFrom, typedText } from '#web/texts/texts-of-form.server.ts';

const most = 30;

/**
 * The stages as the guided form sends them. A stage of a public talk keeps its times, which only a public note moves; one that has begun
 * keeps all but its words. A row in which nothing was written is none.
 */
export function stagesFrom(typed: FormData, topic: Topic, say: Say): WrittenStage[] {
	const errors: Record<string, string> = {};
	const stages: WrittenStage[] = [];
	for (let place = 0; place < most; place++) {
		const prefix = `stage-${place}.`;
		if (!typed.has(`${prefix}id`) || typed.has(`${prefix}remove`)) continue;
		const of = (name: string) => typedText(typed, prefix + name);
		const texts = textsFrom(typed, ['name', 'explanation'], topic.languages, prefix);
		const known = topic.stages.find(({ stageId }) => stageId === of('id'));
		if (!known && !isWritten(texts) && of('opens') === '' && of('closes') === '') continue;
		const zone = of('zone') || known?.zone || 'UTC';
		const keepsTimes = known !== undefined && topic.publishedAt !== null;
		const opensAt = keepsTimes ? known.opensAt : instantOf(of('opens'), zone, known?.opensAt);
		const closesAt = keepsTimes ? known.closesAt : instantOf(of('closes'), zone, known?.closesAt);
		if (!opensAt) errors[`${prefix}opens`] = say('desk.opens-missing');
		if (!closesAt) errors[`${prefix}closes`] = say('desk.closes-missing');
		if (opensAt && closesAt && closesAt <= opensAt) errors[`${prefix}closes`] = say('refusals.stage-ends-before-it-opens');
		if (!Object.values(texts['name'] ?? {}).some(Boolean)) errors[`${prefix}name`] = say('desk.stage-name-missing');
		if (!opensAt || !closesAt) continue;
		stages.push({ stageId: of('id') || null, opensAt, closesAt, zone, texts, ...opening(typed, prefix, known) });
	}
	if (Object.keys(errors).length > 0) throw new WrongInput(errors);
	return stages;
}

function opening(typed: FormData, prefix: string, known: Topic['stages'][number] | undefined) {
	// fields that a stage no longer lets one change are not in the form
	if (known && !typed.has(`${prefix}opinions`)) {
		const { takesIdeas, takesSubmissions, takesComments, takesOpinions } = known;
		return { takesIdeas, takesSubmissions, takesComments, takesOpinions };
	}
	const takes = typed.getAll(`${prefix}takes`);
	return {
		takesIdeas: takes.includes('ideas'),
		takesSubmissions: takes.includes('submissions'),
		takesComments: takes.includes('comments'),
		takesOpinions: opinions(typed.get(`${prefix}opinions`))
	};
}

function opinions(value: unknown): TakesOpinions {
	return value === 'blind' || value === 'shown' ? value : 'no';
}
