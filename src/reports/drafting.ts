import type { MessageKey, Say } from '#languages/speaking.ts';
import { agreedWidely, blocked, criteria, divided, first, rejected, takenUp, unheard, type Numbered } from '#reports/choosing.ts';
import type { Sentence } from '#reports/composing.ts';
import { draftingTools } from '#reports/drafting-tools.ts';
import type { Material } from '#reports/material.ts';
import type { DraftedParagraph, Origin } from '#reports/paragraph.ts';

/**
 * Drafts the report from frozen figures and quoted words, without a judgement of its own: each sentence is made from the rule that
 * selected what it speaks of (choosing.ts), and each carries what it rests on. The same material gives the same draft.
 */
export function drafted(material: Material, say: Say): DraftedParagraph[] {
	const draft = drafter(material, say);
	return [
		...draft.structure(),
		...draft.purpose(),
		...draft.overall(),
		...material.questions.flatMap((question) => draft.question(question)),
		...draft.contested(),
		...draft.balance(),
		...draft.organisers()
	];
}

function drafter(material: Material, say: Say) {
	const { figures, takenAt } = material.snapshot;
	const { topic, allFigures, figure, text, heading, table, named, about, quotations, criterion } = draftingTools(material, say);

	/** What the longer texts say to the ideas that several of them take up: counted by stakeholder group, and in their own words. */
	const longerTexts = (section: string, ideas: readonly Numbered[]): DraftedParagraph[] =>
		ideas.length === 0
			? []
			: [
					criterion(section, 'reports.draft-taken-up', ideas, { texts: criteria.texts, listed: first(ideas).length }),
					...first(ideas).flatMap((idea) => {
						const { values, origins } = named(idea);
						const stances = (['raises', 'supports', 'opposes'] as const).map(
							(stance) => [stance, idea.stances[stance], figure('ideas', idea.number, 'stances', stance)] as const
						);
						const said: Sentence = {
							key: 'reports.draft-stances-to',
							values: { ...values, ...Object.fromEntries(stances.map(([stance, count]) => [stance, count])) },
							origins: { ...origins, ...Object.fromEntries(stances.map(([stance, , origin]) => [stance, origin])) }
						};
						const byGroup = table(
							section,
							'reports.table-stances',
							{ number: idea.number },
							'ideas',
							idea.number,
							'stancesByGroup'
						);
						return [
							text(section, said),
							...(Object.keys(idea.stancesByGroup).length > 0 ? [byGroup] : []),
							...quotations(section, idea, ['raises', 'supports', 'opposes'])
						];
					})
				];

	return {
		structure(): DraftedParagraph[] {
			const stages = material.stages.map(({ stageId, name, opensAt, closesAt, zone }): Sentence => {
				const day = (date: Date) => say.date(date, { zone });
				return {
					key:
						closesAt <= takenAt
							? 'reports.draft-stage-past'
							: opensAt <= takenAt
								? 'reports.draft-stage'
								: 'reports.draft-stage-coming',
					values: { name: name.text, opens: day(opensAt), closes: day(closesAt) },
					origins: { whole: { kind: 'stage', thingId: stageId, pointer: null, quote: null } }
				};
			});
			const begun: Sentence = {
				key: 'reports.draft-held',
				values: { institution: material.institution.text, title: material.title.text },
				origins: { whole: topic }
			};
			const taken: Sentence = {
				key: 'reports.draft-snapshot',
				values: { moment: say.date(takenAt, { zone: material.zone, style: 'moment' }) },
				origins: { whole: allFigures }
			};
			return [
				heading('structure', 'reports.section-structure'),
				text('structure', begun, ...stages),
				text('structure', taken, { key: 'reports.draft-how', origins: { whole: allFigures } })
			];
		},

		purpose(): DraftedParagraph[] {
			const questions = material.questions.map(({ questionId, number, text: words }): Sentence => {
				const origin: Origin = { kind: 'question', thingId: questionId, pointer: null, quote: words.text };
				return { key: 'reports.draft-question', values: { number, question: words.text }, origins: { question: origin } };
			});
			const deliverables = material.deliverables.map(({ deliverableId, title, addressee, deadline }): Sentence => {
				const origin: Origin = { kind: 'deliverable', thingId: deliverableId, pointer: null, quote: null };
				const date = deadline === null ? '' : say.date(new Date(`${deadline}T00:00:00Z`), { zone: 'UTC' });
				const values = { title: title.text, addressee: addressee.text, dated: deadline === null ? 'no' : 'yes', date };
				return { key: 'reports.draft-deliverable', values, origins: { whole: origin } };
			});
			const asked: Sentence = {
				key: 'reports.draft-asked',
				values: {
					convenor: material.convenor.text,
					known: material.convenor.text === '' ? 'no' : 'yes',
					count: questions.length
				},
				origins: { whole: topic }
			};
			return [
				heading('purpose', 'reports.section-purpose'),
				text('purpose', asked),
				...questions.map((question) => text('purpose', question)),
				...(deliverables.length > 0 ? [text('purpose', ...deliverables)] : [])
			];
		},

		overall(): DraftedParagraph[] {
			const { overall } = figures;
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
		},

		question({ questionId, number, text: words }: Material['questions'][number]): DraftedParagraph[] {
			const section = `question-${number}`;
			const { ideas, opinions, comments } = figures.questions[questionId] ?? { ideas: 0, opinions: 0, comments: 0 };
			const head: DraftedParagraph = { section, kind: 'heading', text: words.text, language: words.language, sources: [] };
			if (ideas === 0) {
				return [head, text(section, { key: 'reports.draft-no-ideas', origins: { whole: allFigures } })];
			}
			const origins = {
				ideas: figure('questions', questionId, 'ideas'),
				opinions: figure('questions', questionId, 'opinions'),
				comments: figure('questions', questionId, 'comments')
			};
			const agreed = agreedWidely(figures, questionId);
			const refused = rejected(figures, questionId);
			return [
				head,
				text(section, { key: 'reports.draft-answers', values: { ideas, opinions, comments }, origins }),
				criterion(section, 'reports.draft-agreed-widely', agreed, {
					wide: say.percent(criteria.wide),
					listed: first(agreed).length
				}),
				...first(agreed).flatMap((idea) => [
					text(section, about('reports.draft-agreed', idea)),
					...quotations(section, idea, ['raises', 'supports'].slice(0, idea.stances.raises > 0 ? 1 : 2))
				]),
				...(refused.length === 0
					? []
					: [
							criterion(section, 'reports.draft-rejected-most', refused, {
								least: say.percent(criteria.rejected),
								listed: first(refused).length
							}),
							...first(refused).flatMap((idea) => [
								text(section, about('reports.draft-agreed', idea)),
								...quotations(section, idea, ['opposes'])
							])
						]),
				...longerTexts(section, takenUp(figures, questionId))
			];
		},

		contested(): DraftedParagraph[] {
			const [held, half, silent] = [blocked(figures), divided(figures), unheard(figures)];
			const name = (group: string) => material.nameOf('group', group);
			return [
				heading('contested', 'reports.section-contested'),
				criterion('contested', 'reports.draft-blocked', held, {
					most: say.percent(criteria.most),
					against: say.percent(criteria.against),
					listed: first(held).length
				}),
				...first(held).flatMap(({ idea, by }) => [
					text(
						'contested',
						about('reports.draft-agreed', idea),
						...by.map(({ group, agree, disagree }): Sentence => ({
							key: 'reports.draft-blocked-by',
							values: { group: name(group), agree, disagree },
							origins: {
								agree: figure('ideas', idea.number, 'cells', 'group', group, 'agree'),
								disagree: figure('ideas', idea.number, 'cells', 'group', group, 'disagree')
							}
						}))
					),
					table('contested', 'reports.table-groups', { number: idea.number }, 'ideas', idea.number, 'cells', 'group'),
					...quotations('contested', idea, ['supports', 'opposes'])
				]),
				criterion('contested', 'reports.draft-divided', half, {
					from: say.percent(criteria.divided[0]),
					to: say.percent(criteria.divided[1]),
					listed: first(half).length
				}),
				...first(half).flatMap((idea) => [
					text('contested', about('reports.draft-agreed', idea)),
					...quotations('contested', idea, ['supports', 'opposes'])
				]),
				...(silent.length === 0
					? []
					: [
							criterion('contested', 'reports.draft-unheard', silent, { listed: first(silent).length }),
							...first(silent).map(({ idea, groups }) => {
								const values = { ...named(idea).values, groups: say.list(groups.map(name)) };
								const cells = figure('ideas', idea.number, 'cells', 'group');
								return text('contested', {
									key: 'reports.draft-unheard-groups',
									values,
									origins: { ...named(idea).origins, whole: cells }
								});
							})
						])
			];
		},

		balance(): DraftedParagraph[] {
			const { author, organisation } = figures.mostActive;
			const shareOf = (whose: 'author' | 'organisation', what: 'words' | 'opinions' | 'contributions') =>
				figure('mostActive', whose, what);
			const sentence = (key: MessageKey, whose: 'author' | 'organisation', shares: typeof author): Sentence[] =>
				shares.words === null || shares.contributions === null
					? []
					: [
							{
								key,
								values: {
									words: say.percent(shares.words, { decimals: 1 }),
									contributions: say.percent(shares.contributions, { decimals: 1 })
								},
								origins: { words: shareOf(whose, 'words'), contributions: shareOf(whose, 'contributions') }
							}
						];
			const most = [
				...sentence('reports.draft-most-author', 'author', author),
				...sentence('reports.draft-most-organisation', 'organisation', organisation)
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
		},

		organisers(): DraftedParagraph[] {
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
	};
}
