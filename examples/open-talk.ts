import type { InEachLanguage } from './institution.ts';

/**
 * The first Open Talk, from the facts of the launch in October 2013. Moments are those of 2013, in Geneva's time; the loading moves
 * all of them by the same number of whole weeks, so that a freshly loaded example is two weeks into its open stage (see README.md).
 */
export const openTalk = {
	slug: 'internet-public-policy',
	defaultLanguage: 'en',
	zone: 'Europe/Zurich',
	launched: '2013-10-08T18:15:00+02:00',
	loadedAsIf: '2013-10-22T12:00:00+02:00',
	contactEmail: 'open-talks@example.org',
	title: {
		en: 'International Internet-related public policy',
		fr: 'Politiques publiques internationales relatives à l’Internet',
		es: 'Política pública internacional relacionada con Internet',
		ru: 'Международная государственная политика в области Интернета',
		zh: '与互联网有关的国际公共政策',
		ar: 'السياسات العامة الدولية المتعلقة بالإنترنت'
	},
	summary: {
		en: 'What should governments do, and how, where many others shape the Internet with them? Share an idea, give your opinion on those of others, or send a longer text.',
		fr: 'Que doivent faire les gouvernements, et comment, là où bien d’autres façonnent l’Internet avec eux ? Proposez une idée, donnez votre avis sur celles des autres ou envoyez un texte plus long.',
		es: '¿Qué deben hacer los gobiernos, y cómo, donde tantos otros dan forma a Internet con ellos? Comparta una idea, opine sobre las de los demás o envíe un texto más largo.',
		ru: 'Что и как должны делать правительства там, где Интернет вместе с ними создают многие другие? Предложите идею, выскажитесь об идеях других или пришлите более длинный текст.',
		zh: '在众多各方共同塑造互联网的今天,政府应当做什么、怎样做?请提出一个想法,对他人的想法发表意见,或提交一份较长的文稿。',
		ar: 'ما الذي ينبغي للحكومات أن تفعله، وكيف، حيث يشارك كثيرون غيرها في تشكيل الإنترنت؟ شاركوا بفكرة، أو أبدوا رأيكم في أفكار الآخرين، أو أرسلوا نصاً أطول.'
	},
	background: {
		en: 'Not everyone who has something to say can come to a meeting of the Union. Open Talks are informal consultations, online and in rooms, on questions that matter to it.\n\nThis first talk was launched on 8 October 2013 with a World Café of some fifty people at headquarters. A Town Hall follows at the Internet Governance Forum in Bali. What is said informs an Information Document for the Council working group in November.\n\n*This is an example: its dates are moved so that it is open today, and all people, organisations and positions in it are invented.*',
		fr: 'Tous ceux qui ont quelque chose à dire ne peuvent pas venir à une réunion de l’Union. Les Open Talks sont des consultations informelles, en ligne et en salle, sur des questions qui lui importent.\n\nCe premier échange a été lancé le 8 octobre 2013 par un World Café d’une cinquantaine de personnes au siège. Une réunion ouverte suit au Forum sur la gouvernance de l’Internet à Bali. Ce qui est dit nourrit un document d’information pour le groupe de travail du Conseil en novembre.\n\n*Ceci est un exemple : les dates sont décalées pour qu’il soit ouvert aujourd’hui, et les personnes, organisations et positions sont inventées.*',
		es: 'No todos los que tienen algo que decir pueden acudir a una reunión de la Unión. Las Open Talks son consultas informales, en línea y presenciales, sobre cuestiones que le importan.\n\nEsta primera charla se inició el 8 de octubre de 2013 con un World Café de unas cincuenta personas en la sede. Le sigue una asamblea abierta en el Foro para la Gobernanza de Internet en Bali. Lo que se diga alimenta un documento de información para el grupo de trabajo del Consejo en noviembre.\n\n*Esto es un ejemplo: las fechas se han movido para que hoy esté abierto, y las personas, organizaciones y posturas son inventadas.*',
		ru: 'Не каждый, кому есть что сказать, может приехать на собрание Союза. Open Talks — это неформальные консультации, в сети и в зале, по важным для него вопросам.\n\nПервая беседа началась 8 октября 2013 года с «мирового кафе», где в штаб-квартире собралось около пятидесяти человек. За ней следует открытая встреча на Форуме по управлению Интернетом на Бали. Сказанное войдёт в информационный документ для рабочей группы Совета в ноябре.\n\n*Это пример: даты сдвинуты, чтобы сегодня он был открыт, а люди, организации и позиции вымышлены.*',
		zh: '并非每个有话要说的人都能来参加国际电联的会议。Open Talks 是就重要问题举行的非正式磋商,既在线上,也在会场。\n\n首场对话于 2013 年 10 月 8 日启动,约五十人在总部参加了世界咖啡馆。随后将在巴厘岛的互联网治理论坛上举行公开大会。大家的意见将写入十一月提交理事会工作组的情况文件。\n\n*这是一个示例:日期已调整,使其今天仍然开放;其中的人物、组织和立场均为虚构。*',
		ar: 'ليس بوسع كل من لديه ما يقوله أن يحضر اجتماعات الاتحاد. و«Open Talks» مشاورات غير رسمية، على الإنترنت وفي القاعات، بشأن مسائل تهمّه.\n\nأُطلق هذا الحوار الأول في 8 أكتوبر 2013 بمقهى عالمي ضم نحو خمسين شخصاً في المقر. ويليه لقاء مفتوح في منتدى إدارة الإنترنت في بالي. ويسترشد بما يقال في وثيقة إعلامية تُرفع إلى فريق عمل المجلس في نوفمبر.\n\n*هذا مثال: نُقلت تواريخه ليكون مفتوحاً اليوم، وجميع الأشخاص والمنظمات والمواقف فيه متخيَّلة.*'
	},
	remit: {
		en: 'This talk informs; it does not negotiate. Proposals should concern international public policy on the Internet, including the role of governments.',
		fr: 'Cet échange éclaire ; il ne négocie pas. Les propositions portent sur les politiques publiques internationales relatives à l’Internet, y compris le rôle des gouvernements.',
		es: 'Esta charla informa; no negocia. Las propuestas han de referirse a la política pública internacional sobre Internet, incluido el papel de los gobiernos.',
		ru: 'Эта беседа даёт сведения, а не ведёт переговоры. Предложения должны касаться международной государственной политики в области Интернета, включая роль правительств.',
		zh: '本次对话旨在提供参考,不是谈判。提案应涉及与互联网有关的国际公共政策,包括政府的作用。',
		ar: 'هذا الحوار للاسترشاد لا للتفاوض. وينبغي أن تتناول المقترحات السياسات العامة الدولية المتعلقة بالإنترنت، بما فيها دور الحكومات.'
	},
	convenor: {
		en: 'The Secretary-General',
		fr: 'Le Secrétaire général',
		es: 'El Secretario General',
		ru: 'Генеральный секретарь',
		zh: '秘书长',
		ar: 'الأمين العام'
	},
	statement: {
		en: 'Good ideas belong to no country and no institution. I invite you to bring yours, in your language and in your own words. I shall put what you say before the Council’s working group, and tell you what became of it.',
		fr: 'Les bonnes idées n’appartiennent à aucun pays ni à aucune institution. Je vous invite à apporter les vôtres, dans votre langue et avec vos mots. Je porterai ce que vous direz devant le groupe de travail du Conseil et je vous dirai ce qu’il en est advenu.',
		es: 'Las buenas ideas no son de ningún país ni de ninguna institución. Les invito a traer las suyas, en su idioma y con sus palabras. Llevaré lo que digan al grupo de trabajo del Consejo y les contaré qué fue de ello.',
		ru: 'Хорошие идеи не принадлежат ни одной стране и ни одному учреждению. Приглашаю вас поделиться своими — на вашем языке и вашими словами. Я представлю сказанное рабочей группе Совета и расскажу, что из этого вышло.',
		zh: '好的想法不专属于任何国家或机构。我邀请各位用自己的语言、自己的话提出想法。我会把大家的意见提交理事会工作组,并告诉大家结果如何。',
		ar: 'الأفكار الجيدة لا تخص بلداً ولا مؤسسة. أدعوكم إلى طرح أفكاركم بلغتكم وبكلماتكم. وسأعرض ما تقولونه على فريق عمل المجلس، ثم أخبركم بما آل إليه.'
	}
} as const satisfies Record<string, string | InEachLanguage>;

export type QuestionKey = 'role' | 'issues' | 'interaction';

export const questions: readonly { key: QuestionKey; text: InEachLanguage }[] = [
	{
		key: 'role',
		text: {
			en: 'What is the role of governments in the multi-stakeholder model of Internet governance?',
			fr: 'Quel est le rôle des gouvernements dans le modèle multi-parties prenantes de la gouvernance de l’Internet ?',
			es: '¿Cuál es el papel de los gobiernos en el modelo de múltiples partes interesadas de la gobernanza de Internet?',
			ru: 'Какова роль правительств в модели управления Интернетом с участием многих заинтересованных сторон?',
			zh: '在互联网治理的多利益攸关方模式中,政府的作用是什么?',
			ar: 'ما دور الحكومات في نموذج أصحاب المصلحة المتعددين لإدارة الإنترنت؟'
		}
	},
	{
		key: 'issues',
		text: {
			en: 'On which key issues should governments play an active role?',
			fr: 'Sur quelles grandes questions les gouvernements doivent-ils jouer un rôle actif ?',
			es: '¿En qué cuestiones clave deben los gobiernos desempeñar un papel activo?',
			ru: 'В каких ключевых вопросах правительствам следует играть активную роль?',
			zh: '政府应在哪些关键问题上发挥积极作用?',
			ar: 'ما المسائل الرئيسية التي ينبغي للحكومات أن تؤدي فيها دوراً نشطاً؟'
		}
	},
	{
		key: 'interaction',
		text: {
			en: 'How can governments improve their interaction with other stakeholders?',
			fr: 'Comment les gouvernements peuvent-ils améliorer leurs échanges avec les autres parties prenantes ?',
			es: '¿Cómo pueden los gobiernos mejorar su interacción con las demás partes interesadas?',
			ru: 'Как правительствам улучшить взаимодействие с другими заинтересованными сторонами?',
			zh: '政府怎样改善与其他利益攸关方的互动?',
			ar: 'كيف يمكن للحكومات أن تحسّن تفاعلها مع سائر أصحاب المصلحة؟'
		}
	}
];

export const stages: readonly {
	title: InEachLanguage;
	opens: string;
	closes: string;
	takes: { ideas: boolean; submissions: boolean; comments: boolean; opinions: 'no' | 'blind' | 'shown' };
}[] = [
	{
		title: {
			en: 'Ideas, opinions and submissions',
			fr: 'Idées, avis et contributions',
			es: 'Ideas, opiniones y aportaciones',
			ru: 'Идеи, мнения и материалы',
			zh: '想法、意见和文稿',
			ar: 'الأفكار والآراء والمساهمات'
		},
		opens: '2013-10-08T18:15:00+02:00',
		closes: '2013-11-04T00:00:00+01:00',
		takes: { ideas: true, submissions: true, comments: true, opinions: 'shown' }
	},
	{
		title: {
			en: 'Last comments on the draft report',
			fr: 'Derniers commentaires sur le projet de rapport',
			es: 'Últimos comentarios sobre el proyecto de informe',
			ru: 'Последние замечания к проекту отчёта',
			zh: '对报告草案的最后评论',
			ar: 'التعليقات الأخيرة على مشروع التقرير'
		},
		opens: '2013-11-04T00:00:00+01:00',
		closes: '2013-11-11T00:00:00+01:00',
		takes: { ideas: false, submissions: false, comments: true, opinions: 'no' }
	}
];

export const deliverable = {
	kind: 'information-document',
	deadline: '2013-11-11',
	promised: '2013-11-08',
	state: 'in work',
	title: {
		en: 'Information Document for the Council working group, November 2013',
		fr: 'Document d’information pour le groupe de travail du Conseil, novembre 2013',
		es: 'Documento de información para el grupo de trabajo del Consejo, noviembre de 2013',
		ru: 'Информационный документ для рабочей группы Совета, ноябрь 2013 года',
		zh: '提交理事会工作组的情况文件,2013 年 11 月',
		ar: 'وثيقة إعلامية لفريق عمل المجلس، نوفمبر 2013'
	},
	addressee: {
		en: 'Council Working Group on international Internet-related public policy issues',
		fr: 'Groupe de travail du Conseil sur les questions de politiques publiques internationales relatives à l’Internet',
		es: 'Grupo de Trabajo del Consejo sobre cuestiones de política pública internacional relacionadas con Internet',
		ru: 'Рабочая группа Совета по вопросам международной государственной политики в области Интернета',
		zh: '理事会与互联网有关的国际公共政策问题工作组',
		ar: 'فريق العمل التابع للمجلس المعني بمسائل السياسات العامة الدولية المتعلقة بالإنترنت'
	},
	meeting: {
		en: 'Meeting of the working group, Geneva, November 2013',
		fr: 'Réunion du groupe de travail, Genève, novembre 2013',
		es: 'Reunión del grupo de trabajo, Ginebra, noviembre de 2013',
		ru: 'Собрание рабочей группы, Женева, ноябрь 2013 года',
		zh: '工作组会议,日内瓦,2013 年 11 月',
		ar: 'اجتماع فريق العمل، جنيف، نوفمبر 2013'
	}
} as const;

/** The library: addresses of public pages, nothing copied. */
export const library: readonly { address: string; language: string; title: InEachLanguage }[] = [
	{
		address: 'https://www.itu.int/net/wsis/docs2/tunis/off/6rev1.html',
		language: 'en',
		title: {
			en: 'Tunis Agenda for the Information Society (2005)',
			fr: 'Agenda de Tunis pour la société de l’information (2005)',
			es: 'Agenda de Túnez para la Sociedad de la Información (2005)',
			ru: 'Тунисская программа для информационного общества (2005)',
			zh: '信息社会突尼斯议程(2005 年)',
			ar: 'برنامج عمل تونس بشأن مجتمع المعلومات (2005)'
		}
	},
	{
		address: 'https://www.intgovforum.org/',
		language: 'en',
		title: {
			en: 'Internet Governance Forum',
			fr: 'Forum sur la gouvernance de l’Internet',
			es: 'Foro para la Gobernanza de Internet',
			ru: 'Форум по управлению Интернетом',
			zh: '互联网治理论坛',
			ar: 'منتدى إدارة الإنترنت'
		}
	}
];
