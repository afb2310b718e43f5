import type { MessageKey, Say } from '#languages/speaking.ts';
import type { Sentence } from '#reports/drafting/composing.ts';
import { answersTo, contested } from '#reports/drafting/ideas.ts';
import { draftingTools, type DraftingTools } from '#reports/drafting/tools.ts';
import type { Material } from '#reports/drafting/material.ts';
import type { DraftedParagraph, Origin } from '#reports/paragraph.ts';
import { lastMoment } from '#topics/stages/stage.ts';

/**
 * Drafts the report from frozen figures and quoted words, without a judgement of its own: each sentence is made from the rule that
 * selected what it speaks of (choosing.ts), and each carries what it rests on. The same material gives the same draft.
 */
export function drafted(material: Material, say: Say): DraftedParagraph[] {
	const tools = draftingTools(material, say);
	return [
		...structure(tools),
		...purpose(tools),
		...overall(tools),
		...material.questions.flatMap((question) => answersTo(tools, question)),
		...contested(tools),
		...balance(tools),
		...organisers(tools)
	];
}

/** How the talk was held: its stages, and the instant of the figures. */
function structure({ material, say, topic, allFigures, text, heading }: DraftingTools): DraftedParagraph[] {
	const begun: Sentence = {
		key: 'reports.draft-held',
		values: { institution: material.institution.text, title: material.title.text },
		origins: { whole: topic }
	};
	const taken: Sentence = {
		key: 'reports.draft-snapshot',
		values: { moment: say.date(material.snapshot.takenAt, { zone: material.zone, style: 'moment' }) },
		origins: { whole: allFigures }
	};
	return [
		heading('structure', 'reports.section-structure'),
		text('structure', begun, ...stages(material, say)),
		text('structure', taken, { key: 'reports.draft-how', origins: { whole: allFigures } })
	];
}

function stages({ stages, snapshot: { takenAt } }: Material, say: Say): Sentence[] {
	const tense = (opensAt: Date, closesAt: Date) => {
		if (closesAt <= takenAt) return 'reports.draft-stage-past';
		return opensAt <= takenAt ? 'reports.draft-stage' : 'reports.draft-stage-coming';
	};
	return stages.map(({ stageId, name, opensAt, closesAt, zone }) => ({
		key: tense(opensAt, closesAt),
		values: { name: name.text, opens: say.date(opensAt, { zone }), closes: say.date(lastMoment(closesAt), { zone }) },
		origins: { whole: { kind: 'stage', thingId: stageId, pointer: null, quote: null } }
	}));
}

/** What was asked, and what was promised to whom. */
function purpose({ material, say, topic, text, heading }: DraftingTools): DraftedParagraph[] {
	const promised = deliverables(material, say);
	const asked: Sentence = {
		key: 'reports.draft-asked',
		values: {
			convenor: material.convenor.text,
			known: material.convenor.text === '' ? 'no' : 'yes',
			count: material.questions.length
		},
		origins: { whole: topic }
	};
	return [
		heading('purpose', 'reports.section-purpose'),
		text('purpose', asked),
		...questions(material).map((question) => text('purpose', question)),
		...(promised.length > 0 ? [text('purpose', ...promised)] : [])
	];
}

function questions({ questions }: Material): Sentence[] {
	return questions.map(({ questionId, number, text: words }) => {
		const origin: Origin = { kind: 'question', thingId: questionId, pointer: null, quote: words.text };
		return { key: 'reports.draft-question', values: { number, question: words.text }, origins: { question: origin } };
	});
}

function deliverables({ deliverables }: Material, say: Say): Sentence[] {
	return deliverables.map(({ deliverableId, title, addressee, deadline }) => {
		const origin: Origin = { kind: 'deliverable', thingId: deliverableId, pointer: null, quote: null };
		const date = deadline === null ? '' : say.date(new Date(`${deadline}T00:00:00Z`), { zone: 'UTC' });
		const values = { title: title.text, addressee: addressee.text, dated: deadline === null ? 'no' : 'yes', date };
		return { key: 'reports.draft-deliverable', values, origins: { whole: origin } };
	});
}

/** Who took part, and what they brought. */
function overall({ material, figure, text, heading, table }: DraftingTools): DraftedParagraph[] {
	const { overall } = material.snapshot.figures;
	const of = (...names: (keyof typeof overall)[]) => ({
		values: Object.fromEntries(names.map((name) => [name, overall[name]])),
		origins: Object.fromEntries(names.map((name) => [name, figure('overall', name)]))
	});
	return [
		heading('figures', 'reports.section-figures'),
		text(
			'figures',
			{ key: 'reports.draft-took-part', ...of('people', 'countries') },
			{ key: 'reports.draft-brought', ...of('ideas', 'languages', 'comments', 'submissions', 'words') },
			{ key: 'reports.draft-opinions', ...of('opinions', 'agree', 'disagree', 'pass') },
			...(overall.stances > 0 ? [{ key: 'reports.draft-stances', ...of('passages', 'stances') } as const] : [])
		),
		table('figures', 'reports.table-overall', {}, 'overall')
	];
}

/** Whose voices these are: the most active author and organisation, and the shares of groups, regions, languages, channels, assurance. */
function balance(tools: DraftingTools): DraftedParagraph[] {
	const { allFigures, text, heading, table } = tools;
	const most = [
		...mostActive(tools, 'reports.draft-most-author', 'author'),
		...mostActive(tools, 'reports.draft-most-organisation', 'organisation')
	];
	return [
		heading('balance', 'reports.section-balance'),
		text('balance', { key: 'reports.draft-balance', origins: { whole: allFigures } }, ...most),
		table('balance', 'reports.table-most-active', {}, 'mostActive'),
		table('balance', 'reports.table-balance-group', {}, 'balance', 'group'),
		table('balance', 'reports.table-balance-region', {}, 'balance', 'region'),
		table('balance', 'reports.table-balance-language', {}, 'balance', 'language'),
		table('balance', 'reports.table-balance-channel', {}, 'balance', 'channel'),
		table('balance', 'reports.table-balance-assurance', {}, 'balance', 'assurance')
	];
}

function mostActive({ material, say, figure }: DraftingTools, key: MessageKey, whose: 'author' | 'organisation'): Sentence[] {
	const { words, contributions } = material.snapshot.figures.mostActive[whose];
	if (words === null || contributions === null) return [];
	return [
		{
			key,
			values: { words: say.percent(words, { decimals: 1 }), contributions: say.percent(contributions, { decimals: 1 }) },
			origins: { words: figure('mostActive', whose, 'words'), contributions: figure('mostActive', whose, 'contributions') }
		}
	];
}

function organisers({ material, topic, text, heading }: DraftingTools): DraftedParagraph[] {
	const { institution, convenor, contactEmail } = material;
	const known = convenor.text === '' ? 'no' : 'yes';
	return [
		heading('organisers', 'reports.section-organisers'),
		text(
			'organisers',
			{
				key: 'reports.draft-organised',
				values: { institution: institution.text, convenor: convenor.text, known },
				origins: { whole: topic }
			},
			...(contactEmail === ''
				? []
				: [{ key: 'reports.draft-contact' as const, values: { contact: contactEmail }, origins: { whole: topic } }])
		)
	];
}
