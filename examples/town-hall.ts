import type { WrittenPoll } from '#townhalls/polls/planning.server.ts';
import type { QuestionState } from '#townhalls/questions/floor-question.ts';
import type { ExampleEvent } from './events.ts';

/** The open meeting online in which the Town Hall was prepared: always over when the example is loaded. */
export const preparation: ExampleEvent = {
	kind: 'meeting',
	starts: '2013-10-17T14:00',
	ends: '2013-10-17T15:00',
	zone: 'Europe/Zurich',
	attribution: 'named',
	registration: 'open',
	roomPlaces: 0,
	onlinePlaces: null,
	languages: ['en'],
	interpretation: ['fr'],
	remoteLink: 'https://meet.example.org/open-talks-preparation',
	isRecorded: true,
	waitingHours: 24,
	texts: {
		title: {
			en: 'Preparing the Town Hall',
			fr: 'Préparer la réunion ouverte',
			es: 'Preparación de la asamblea abierta',
			ru: 'Подготовка открытой встречи',
			zh: '筹备公开大会',
			ar: 'التحضير للقاء المفتوح'
		},
		description: {
			en: 'An hour online: which of the ideas so far should be on the agenda in Bali?',
			fr: 'Une heure en ligne : lesquelles des idées reçues faut-il mettre à l’ordre du jour à Bali ?',
			es: 'Una hora en línea: ¿cuáles de las ideas deben estar en la agenda de Bali?',
			ru: 'Час в сети: какие из идей внести в повестку дня на Бали?',
			zh: '一小时线上会议：哪些想法应列入巴厘岛议程？',
			ar: 'ساعة على الإنترنت: أي الأفكار ينبغي أن تكون على جدول أعمال بالي؟'
		}
	}
};

/** The first two of the meeting were answered; the town hall has them as drafts. */
export const polls: readonly (WrittenPoll & { readonly answers: readonly (readonly number[])[] })[] = [
	{
		kind: 'single',
		results: 'live',
		size: 0,
		question: {
			en: 'What should the Town Hall begin with?',
			fr: 'Par quoi commencer la réunion ouverte ?',
			ar: 'بماذا ينبغي أن يبدأ اللقاء المفتوح؟'
		},
		options: [
			{ en: 'Affordable access', fr: 'Un accès abordable', ar: 'النفاذ بأسعار معقولة' },
			{ en: 'Trust and security', fr: 'La confiance et la sécurité', ar: 'الثقة والأمن' },
			{ en: 'Who decides, and how', fr: 'Qui décide, et comment', ar: 'من يقرر، وكيف' }
		],
		low: {},
		high: {},
		answers: [[1], [3], [1], [1], [2], [3], [1], [3], [1], [2], [1], [3], [1]]
	},
	{
		kind: 'ranking',
		results: 'blind',
		size: 0,
		question: {
			en: 'In which order should we speak of these?',
			fr: 'Dans quel ordre en parler ?',
			ar: 'بأي ترتيب نتناولها؟'
		},
		options: [
			{ en: 'Internet exchange points', fr: 'Points d’échange Internet', ar: 'نقاط تبادل الإنترنت' },
			{ en: 'Multilingualism', fr: 'Multilinguisme', ar: 'التعدد اللغوي' },
			{ en: 'Young people', fr: 'Les jeunes', ar: 'الشباب' }
		],
		low: {},
		high: {},
		answers: [
			[1, 2, 3],
			[2, 1, 3],
			[1, 3, 2],
			[1, 1, 2],
			[3, 1, 2],
			[1, 2, 0],
			[2, 1, 1]
		]
	}
];

interface ExampleQuestion {
	readonly of: 'preparation' | 'town hall';
	/** number of the person */
	readonly by: number;
	readonly name: string | null;
	readonly language: string;
	readonly text: string;
	readonly state: QuestionState;
	readonly words: string;
	/** numbers of people */
	readonly supporters: readonly number[];
}

export const floorQuestions: readonly ExampleQuestion[] = [
	{
		of: 'preparation',
		by: 3,
		name: null,
		language: 'en',
		text: 'How will what remote hubs say reach the room in time?',
		state: 'answered',
		words: 'A moderator in the room speaks for them; they stand in the same queue.',
		supporters: [4, 5, 6, 7, 8, 9]
	},
	{
		of: 'preparation',
		by: 10,
		name: null,
		language: 'fr',
		text: 'Les idées en français seront-elles lues dans leur langue ?',
		state: 'taken-up',
		words: 'Interpretation was ordered for all six languages.',
		supporters: [2, 11]
	},
	{
		of: 'town hall',
		by: 5,
		name: null,
		language: 'en',
		text: 'Who pays for exchange points in countries that have none yet?',
		state: 'approved',
		words: '',
		supporters: [1, 2, 3, 9, 12]
	},
	{
		of: 'town hall',
		by: 6,
		name: null,
		language: 'en',
		text: 'Who will pay for an exchange point in countries that have none?',
		state: 'new',
		words: '',
		supporters: []
	},
	{
		of: 'town hall',
		by: 12,
		name: null,
		language: 'es',
		text: '¿Qué pasará con las ideas que no llegaron a consenso?',
		state: 'approved',
		words: '',
		supporters: [8]
	}
];

export const captions = `WEBVTT

00:00:05.000 --> 00:00:11.000
<v CHAIR>Good afternoon, good morning and good evening. We have one hour.

00:00:12.000 --> 00:00:24.000
<v CHAIR>The question is which of the ideas so far should be on the agenda in Bali.

00:03:10.000 --> 00:03:24.000
<v SPEAKER 1>In our region traffic between neighbours still travels over another continent. That should come first.

00:03:25.000 --> 00:03:38.000
<v SPEAKER 1>An exchange point costs less than one year of what that detour costs.

00:07:41.000 --> 00:07:55.000
<v SPEAKER 2>If people cannot type their own name in an address, acces is only half of it.

00:12:02.000 --> 00:12:13.000
<v CHAIR>Then we begin with affordable access and keep half an hour for languages.
`;

export const minutes = {
	recording: 'https://video.example.org/open-talks-preparation',
	chapters: '0:05 Opening\n3:10 Exchange points\n7:41 Languages\n12:02 What was agreed',
	suggestion: {
		by: 5,
		text: 'It was agreed to begin with affordable access, and to keep half an hour for languages.',
		reason: 'The half hour for languages was part of what we agreed.'
	},
	sections: [{ heading: 'What was agreed', text: 'It was agreed to begin with affordable access.' }]
};

/** Of the Town Hall itself, where it is over by now: in words of ours, by speakers who are invented. */
export const captionsOfTownHall = `WEBVTT

00:04:05.000 --> 00:04:14.000
<v CHAIR>Good morning from Bali, and good day to the hubs in Nairobi and Montevideo.

00:04:15.000 --> 00:04:27.000
<v CHAIR>We have ninety minutes, one floor for the room and for everybody far away, and two minutes for each who speaks.

00:15:10.000 --> 00:15:24.000
<v RAPPORTEUR>Fifty people sat at the tables in Geneva. They asked what governments are there for, what they should do, and how they can do it with others.

00:15:25.000 --> 00:15:39.000
<v RAPPORTEUR>Most notes say: offer a frame in which all can talk, protect what everybody depends on, and be open about it.

00:30:12.000 --> 00:30:26.000
<v HUB NAIROBI>Traffic between neighbours still travels over another continent. Help exchange points to begin.

00:41:03.000 --> 00:41:15.000
<v LIBRARIAN>Safety is learned. It begins in libraries and schools, and it costs little.

01:19:02.000 --> 01:19:16.000
<v CHAIR>What you said goes into the document for the working group of the Council in November. The transcript and the minutes stay open for your corrections.
`;

/** What became of the questions that waited for the Town Hall, by their number. */
export const answered: Readonly<Record<number, string>> = {
	1: 'Those who use it, with help at the beginning: the operators of the region offered to share what theirs cost.'
};

export const minutesOfTownHall = {
	recording: 'https://video.example.org/open-talks-bali',
	chapters: '4:05 Opening\n15:10 What the café said\n29:30 The floor is open\n1:19:02 What happens next',
	sections: [
		{
			heading: 'What happens next',
			text: 'The chair said that all of this goes into the document for the working group of the Council, and that the talk online stays open until then.'
		}
	]
};
