/* eslint-disable max-lines -- one world: every longer text of the examples, one after another */
import { readFileSync } from 'node:fs';
import type { Language } from '#languages/languages.ts';
import type { OrganisationKey } from './people.ts';

export interface ExampleSubmission {
	/** the file of its text: submissions/<key>.<language>.txt */
	key: string;
	language: Language;
	author: number;
	organisation: OrganisationKey;
	title: string;
	abstract: string;
	sector: string;
	region: string;
	/** what the rapporteur marked: words that stand exactly once in the text, and what they say to which ideas */
	passages: readonly {
		quote: string;
		stances: readonly (readonly [stance: 'raises' | 'supports' | 'opposes', idea: string])[];
	}[];
}

export const submissions: readonly ExampleSubmission[] = [
	{
		key: 'open-doors',
		language: 'en',
		author: 23,
		organisation: 'open-doors',
		sector: 'Civil society',
		region: 'India',
		title: 'Access is not a feature',
		abstract:
			'Sixty-one organisations of persons with disabilities ask for a duty, a date, a public test and captions at every meeting.',
		passages: [
			{
				quote: 'Public websites and public services must be accessible by law, and the law must name a date.',
				stances: [['raises', 'accessible-by-law']]
			},
			{
				quote: 'An entry-level connection that costs a tenth of the monthly income is no connection at all',
				stances: [['supports', 'affordable']]
			},
			{
				quote: 'Involving people at the beginning costs less than repairing at the end',
				stances: [
					['supports', 'dhawi-al-iaqa'],
					['supports', 'misma-mesa']
				]
			},
			{
				quote: 'Whoever takes part from afar has the right to speak and not only to listen',
				stances: [['supports', 'remote-floor']]
			},
			{
				quote: 'Whoever consults should answer in writing what was taken up, what was not, and for what reason.',
				stances: [['raises', 'answer-back']]
			},
			{
				quote: 'an association that must ask its members, some of whom read with their fingers, needs more than a month',
				stances: [['supports', 'sixty-days']]
			},
			{ quote: 'For many of our members the pseudonym is the ramp.', stances: [['opposes', 'real-names']] }
		]
	},
	{
		key: 'northlight',
		language: 'en',
		author: 11,
		organisation: 'northlight',
		sector: 'Private sector',
		region: 'Norway',
		title: 'Rules that outlast networks',
		abstract:
			'An operator in nine countries asks for few and stable rules, a contact point that answers at night, and two plain pages before each consultation.',
		passages: [
			{
				quote:
					'What we need most of all is legal certainty: few rules, stable for years, and written only after everybody concerned was asked.',
				stances: [['raises', 'stable-rules']]
			},
			{
				quote: 'Governments should offer the framework in which others can talk and build',
				stances: [['supports', 'enabling-framework']]
			},
			{
				quote: 'Governments should step in where self-regulation was tried and has failed',
				stances: [['raises', 'only-where-failed']]
			},
			{
				quote: 'One contact point in each country that answers at night would help us more than any treaty.',
				stances: [
					['supports', 'mutual-help'],
					['opposes', 'treaty']
				]
			},
			{ quote: 'We have learnt more from two exercises than from ten audits.', stances: [['supports', 'exercised-plans']] },
			{
				quote: 'It would be natural that governments publish their own count, so that the two can be compared.',
				stances: [['supports', 'count-requests']]
			},
			{ quote: 'a detailed law fixes the traffic of today', stances: [['opposes', 'neutralidad']] },
			{
				quote: 'A register of telephone calls, on the other hand, will count calls and miss influence.',
				stances: [['opposes', 'registre-rencontres']]
			},
			{
				quote:
					'Two pages in plain language on what can still be changed would save us, and we believe the authority too, several weeks each time.',
				stances: [['raises', 'two-pages']]
			},
			{ quote: 'We do not recommend that they be made compulsory.', stances: [['supports', 'filters-last']] }
		]
	},
	{
		key: 'islands',
		language: 'en',
		author: 2,
		organisation: 'islands',
		sector: 'Government',
		region: 'Fiji',
		title: 'The view from a small delegation',
		abstract:
			'Two people who cover five subjects for three hundred and thirty islands on responsibility, resilience, and one list of speakers.',
		passages: [
			{
				quote:
					'A government remains responsible when something breaks, and whoever carries the responsibility must be able to decide.',
				stances: [['raises', 'final-say']]
			},
			{
				quote:
					'we cannot agree that governments should sit at the table in exactly the same capacity as everybody else and without the possibility to say no',
				stances: [['opposes', 'equal-footing']]
			},
			{ quote: 'The roles ought to be agreed subject by subject.', stances: [['supports', 'tema-por-tema']] },
			{ quote: 'We do not support the negotiation of a general treaty.', stances: [['opposes', 'treaty']] },
			{
				quote:
					'Small states should be able to speak with one voice through their regional organisation, and still keep their own',
				stances: [['supports', 'petits-etats']]
			},
			{
				quote: 'those plans have to be tried out every year with the people who would be on duty',
				stances: [['supports', 'exercised-plans']]
			},
			{
				quote: 'A fund for response teams in developing countries should allow several small countries to share one team',
				stances: [['supports', 'response-teams']]
			},
			{ quote: 'We could agree to figures for a region, or to ranges.', stances: [['opposes', 'count-requests']] },
			{ quote: 'The target of five per cent is right', stances: [['supports', 'affordable']] },
			{ quote: 'Please let the remote list and the list in the room be one list.', stances: [['supports', 'remote-floor']] },
			{ quote: 'working notes should be allowed to ripen for a few weeks', stances: [['opposes', 'open-documents']] },
			{
				quote: 'the evening programme brought us two hundred answers by telephone in three days, and our web form brought six',
				stances: [['supports', 'radio-y-telefono']]
			}
		]
	},
	{
		key: 'ministere',
		language: 'fr',
		author: 6,
		organisation: 'ministere',
		sector: 'Government',
		region: 'Sénégal',
		title: 'Faciliter, garantir, rendre compte',
		abstract: 'Ce que cent quarante personnes ont dit à Dakar et à Tambacounda, et ce que la Direction en retient.',
		passages: [
			{
				quote:
					'L’État doit d’abord faciliter : réunir les acteurs, garantir que chacun puisse parler, puis rendre compte de ce qu’il a retenu.',
				stances: [
					['raises', 'facilitateur'],
					['supports', 'enabling-framework']
				]
			},
			{
				quote: 'Il revient à l’État de veiller à l’intérêt général là où des accords privés ne le prendraient pas en compte.',
				stances: [
					['supports', 'public-interest'],
					['supports', 'maslaha-amma']
				]
			},
			{
				quote:
					'Nous ne pensons pas que les gouvernements puissent participer exactement au même titre que les autres acteurs, sans aucun droit particulier.',
				stances: [['opposes', 'equal-footing']]
			},
			{
				quote: 'Un débat public oblige à écrire la position, et une position écrite est déjà à moitié comprise.',
				stances: [['supports', 'parlements']]
			},
			{
				quote: 'Un point de contact par pays, joignable la nuit, nous paraît un objectif que l’on peut atteindre en deux ans.',
				stances: [['supports', 'mutual-help']]
			},
			{
				quote:
					'Faire de la culture numérique une matière dès l’école primaire est possible, à condition de former les maîtres d’abord',
				stances: [['supports', 'ecole-numerique']]
			},
			{
				quote: 'Nous demandons que l’écart entre femmes et hommes soit mesuré chaque année, région par région',
				stances: [['raises', 'ecart-femmes-hommes']]
			},
			{
				quote:
					'Investir dans les points d’échange locaux est, à notre connaissance, la dépense publique la plus rentable dans ce domaine.',
				stances: [['supports', 'points-echange']]
			},
			{
				quote: 'Ouvrir une consultation dans les six langues officielles dès le premier jour n’est pas une courtoisie',
				stances: [['supports', 'six-langues']]
			},
			{
				quote: 'un État ne peut souscrire à une obligation dont il ignore l’étendue',
				stances: [['opposes', 'no-mass-surveillance']]
			}
		]
	},
	{
		key: 'red-sur',
		language: 'es',
		author: 37,
		organisation: 'red-sur',
		sector: 'Technical community',
		region: 'Uruguay',
		title: 'Lo que se ve desde la antena',
		abstract: 'Cuarenta y tres redes comunitarias sobre igualdad, neutralidad, fallos ensayados y consultas por radio.',
		passages: [
			{
				quote: 'conviene sentar a los técnicos en la mesa cuando la norma se redacta, y no cuando ya hay que aplicarla',
				stances: [['raises', 'misma-mesa']]
			},
			{
				quote: 'Los gobiernos deben participar en pie de igualdad y sin derecho a veto.',
				stances: [
					['supports', 'equal-footing'],
					['opposes', 'final-say']
				]
			},
			{
				quote: 'Pedimos además que cada país reúna un foro nacional, con todos los sectores',
				stances: [['supports', 'foro-nacional']]
			},
			{
				quote: 'Sobre el papel de cada sector creemos que debe acordarse tema por tema.',
				stances: [['supports', 'tema-por-tema']]
			},
			{
				quote: 'La neutralidad de la red debe estar en la ley y debe haber una autoridad que la vigile.',
				stances: [['supports', 'neutralidad']]
			},
			{ quote: 'También deben ensayarse los fallos', stances: [['supports', 'exercised-plans']] },
			{
				quote: 'Quien no tiene banda ancha es a quien más le afecta lo que se decide sobre ella.',
				stances: [['supports', 'radio-y-telefono']]
			},
			{ quote: 'Publicar los documentos de trabajo sin contraseña.', stances: [['supports', 'open-documents']] },
			{
				quote: 'No aceptaron casi nada y volvimos a participar, porque alguien nos había leído.',
				stances: [['supports', 'answer-back']]
			}
		]
	},
	{
		key: 'kraj',
		language: 'ru',
		author: 45,
		organisation: 'kraj',
		sector: 'Academia',
		region: 'Армения',
		title: 'Пять замечаний о праве и сетях',
		abstract: 'Сравнение законов одиннадцати стран: цели вместо технологий, ответ за дни, проверка прав человека.',
		passages: [
			{
				quote: 'Государство отвечает за правовую основу, а технические решения должны приниматься теми, кто эксплуатирует сети.',
				stances: [['supports', 'pravovaya-osnova']]
			},
			{
				quote: 'Правительствам следовало бы согласовать хотя бы основные определения',
				stances: [['supports', 'soglasovannye-pravila']]
			},
			{ quote: 'Мы не считаем, что для этого необходим всеобъемлющий договор.', stances: [['opposes', 'treaty']] },
			{
				quote: 'Нужен общий порядок взаимной помощи, при котором ответ даётся за дни, а не за месяцы.',
				stances: [['raises', 'rassledovaniya']]
			},
			{ quote: 'Мы не нашли ни одного дела, которому публикация повредила бы.', stances: [['supports', 'count-requests']] },
			{
				quote:
					'Мы предлагаем проверять каждый акт о сети на соответствие правам человека до его принятия и публиковать результат проверки.',
				stances: [['supports', 'human-rights-test']]
			},
			{ quote: 'Мы возражаем против этой меры.', stances: [['opposes', 'real-names']] },
			{ quote: 'Стенограммы встреч следует публиковать в течение недели.', stances: [['raises', 'otkrytye-vstrechi']] },
			{ quote: 'Открывать обсуждение следует на всех официальных языках в один день', stances: [['supports', 'six-langues']] }
		]
	},
	{
		key: 'wasl',
		language: 'ar',
		author: 22,
		organisation: 'wasl',
		sector: 'Civil society',
		region: 'الأردن',
		title: 'من يغيب عن الطاولة؟',
		abstract: 'خلاصة أربع جلسات حوار: طاولة واحدة، ولغة مفهومة، ورقم يُنشر كل سنة، وجواب لكل من سأل.',
		passages: [
			{
				quote: 'دور الحكومة أن تجمع الأطراف حول طاولة واحدة وأن تضمن ألا يغيب عنها أحد.',
				stances: [
					['supports', 'hiwar-watani'],
					['supports', 'facilitateur']
				]
			},
			{ quote: 'المساواة في النقاش لا تلغي مسؤولية من يوقّع', stances: [['supports', 'equal-footing']] },
			{ quote: 'الحقوق التي تحمي الإنسان في الشارع يجب أن تحميه على الشبكة أيضاً', stances: [['supports', 'mismos-derechos']] },
			{ quote: 'أن يُختبر كل تشريع يمس الإنترنت من زاوية حقوق الإنسان قبل إقراره', stances: [['supports', 'human-rights-test']] },
			{
				quote: 'ينبغي إشراك الأشخاص ذوي الإعاقة في تصميم الخدمات الرقمية منذ البداية لا بعد إطلاقها.',
				stances: [['raises', 'dhawi-al-iaqa']]
			},
			{
				quote: 'نطلب أن تنشر كل حكومة سنوياً عدد المرات التي طلبت فيها بيانات أو حذف محتوى.',
				stances: [['supports', 'count-requests']]
			},
			{ quote: 'أن تُستبعد مراقبة الشعوب بأكملها باتفاق دولي واضح التعريفات', stances: [['supports', 'no-mass-surveillance']] },
			{
				quote: 'نقترح ترجمة خلاصة كل مشاورة إلى لغات المشاركين قبل إغلاقها بأسبوعين على الأقل',
				stances: [['supports', 'tarjama']]
			},
			{ quote: 'من يُسأل ولا يُجاب لا يعود.', stances: [['supports', 'answer-back']] }
		]
	},
	{
		key: 'binhai',
		language: 'zh',
		author: 46,
		organisation: 'binhai',
		sector: 'Academia',
		region: '中国',
		title: '从农村学校看互联网公共政策',
		abstract: '四轮跟踪调查的启示:写清楚谁负责,按时公布结果,认真给出答复。',
		passages: [
			{
				quote: '政府的作用是创造良好的环境,而不是代替其他各方作出决定',
				stances: [
					['supports', 'lianghao-huanjing'],
					['supports', 'enabling-framework']
				]
			},
			{ quote: '各方在不同问题上的作用应当逐项商定', stances: [['supports', 'tema-por-tema']] },
			{
				quote: '会议文件如能提前六周用六种正式语文发出,效果可能好于增加席位。',
				stances: [
					['supports', 'six-langues'],
					['supports', 'fazhanzhong-guojia']
				]
			},
			{ quote: '把农村学校和卫生院优先接入宽带,由政府和运营商共同出资,并把维护费用写进合同', stances: [['raises', 'nongcun']] },
			{
				quote: '技术手段可以保留,但不能代替教育。',
				stances: [
					['supports', 'filters-last'],
					['supports', 'ertong']
				]
			},
			{ quote: '公共机构应当率先使用 IPv6,并每年公布进展。', stances: [['supports', 'ipv6']] },
			{ quote: '因此我们对这项建议持保留意见。', stances: [['opposes', 'real-names']] },
			{ quote: '政府应以开放格式公布咨询收到的全部意见,使任何人都能核对和分析。', stances: [['supports', 'gongkai-shuju']] }
		]
	}
];

export function textOf(submission: ExampleSubmission): string {
	return readFileSync(new URL(`./submissions/${submission.key}.${submission.language}.txt`, import.meta.url), 'utf8');
}
