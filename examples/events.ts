import type { WrittenEvent } from '#events/planning.server.ts';
import type { EventKind } from '#events/event.ts';
import type { InEachLanguage } from './institution.ts';

/** The two events of the launch, and one to come after them. Times are those of the clock at the venue, on the days of 2013, which the loading moves. */
export interface ExampleEvent extends Omit<WrittenEvent, 'startsAt' | 'endsAt' | 'texts'> {
	readonly kind: EventKind;
	/** YYYY-MM-DDTHH:MM at the venue */
	readonly starts: string;
	readonly ends: string;
	readonly texts: Readonly<Record<string, InEachLanguage>>;
}

export const cafe: ExampleEvent = {
	kind: 'cafe',
	starts: '2013-10-08T18:15',
	ends: '2013-10-08T20:15',
	zone: 'Europe/Zurich',
	attribution: 'group',
	registration: 'open',
	roomPlaces: 50,
	onlinePlaces: 0,
	languages: ['en', 'fr', 'es'],
	interpretation: [],
	remoteLink: null,
	isRecorded: false,
	waitingHours: 24,
	texts: {
		title: {
			en: 'World Café: the launch of Open Talks',
			fr: 'World Café : lancement des Open Talks',
			es: 'World Café: inicio de las Open Talks',
			ru: 'Мировое кафе: открытие Open Talks',
			zh: '世界咖啡馆:Open Talks 启动',
			ar: 'المقهى العالمي: إطلاق Open Talks'
		},
		description: {
			en: 'Ten tables, three questions, three rounds. A host stays at each table; everybody else moves on and meets other people. What is noted at the tables goes into this talk. How many tables there were in 2013 is our assumption; guests and notes are invented.',
			fr: 'Dix tables, trois questions, trois tours. Un hôte reste à chaque table ; les autres changent de table et rencontrent d’autres personnes. Ce qui est noté aux tables entre dans cet échange. Le nombre de tables en 2013 est notre hypothèse ; invités et notes sont inventés.',
			es: 'Diez mesas, tres preguntas, tres rondas. En cada mesa se queda un anfitrión; los demás cambian de mesa y conocen a otras personas. Lo que se anota en las mesas entra en esta charla. Cuántas mesas hubo en 2013 es una suposición nuestra; los invitados y las notas son inventados.',
			ru: 'Десять столов, три вопроса, три раунда. За каждым столом остаётся ведущий, остальные переходят и знакомятся с другими. Записанное за столами входит в эту беседу. Сколько столов было в 2013 году — наше предположение; гости и записи вымышлены.',
			zh: '十张桌子,三个问题,三轮讨论。每桌有一位主持人留守,其他人换桌并结识他人。各桌的记录汇入本次对话。2013年的桌数是我们的假设；来宾和记录均为虚构。',
			ar: 'عشر طاولات وثلاثة أسئلة وثلاث جولات. يبقى مضيف عند كل طاولة، وينتقل الآخرون ويلتقون بغيرهم. وما يُدوَّن عند الطاولات يدخل في هذا الحوار. وعدد الطاولات في عام 2013 افتراض منا، والضيوف والملاحظات من الخيال.'
		},
		venue: {
			en: 'ICT Discovery Museum, Geneva',
			fr: 'Musée ICT Discovery, Genève',
			es: 'Museo ICT Discovery, Ginebra',
			ru: 'Музей ICT Discovery, Женева',
			zh: '日内瓦 ICT Discovery 博物馆',
			ar: 'متحف ICT Discovery، جنيف'
		},
		access: {
			en: 'Step-free from the street. Tables leave room for wheelchairs.',
			fr: 'Accès de plain-pied depuis la rue. Les tables laissent passer un fauteuil roulant.',
			es: 'Acceso sin escalones desde la calle. Entre las mesas cabe una silla de ruedas.',
			ru: 'Вход с улицы без ступеней. Между столами проезжает инвалидная коляска.',
			zh: '从街道无台阶进入。桌间可通行轮椅。',
			ar: 'المدخل من الشارع بلا درجات. وبين الطاولات متسع للكراسي المتحركة.'
		}
	}
};

export const townHall: ExampleEvent = {
	kind: 'town-hall',
	starts: '2013-10-25T09:00',
	ends: '2013-10-25T10:30',
	zone: 'Asia/Makassar',
	attribution: 'named',
	registration: 'open',
	roomPlaces: 120,
	onlinePlaces: null,
	languages: ['en'],
	interpretation: ['fr', 'es', 'ru', 'zh', 'ar'],
	remoteLink: 'https://meet.example.org/open-talks-bali',
	isRecorded: true,
	waitingHours: 12,
	texts: {
		title: {
			en: 'Town Hall in Bali',
			fr: 'Réunion ouverte à Bali',
			es: 'Asamblea abierta en Bali',
			ru: 'Открытая встреча на Бали',
			zh: '巴厘岛公开大会',
			ar: 'اللقاء المفتوح في بالي'
		},
		description: {
			en: 'What came of the café and of the talk online so far, and what is still missing. The room, remote hubs and everybody online speak in one queue. How the ninety minutes of 2013 were divided is our assumption; speakers and hubs are invented.',
			fr: 'Ce qui ressort jusqu’ici du café et de l’échange en ligne, et ce qui manque encore. La salle, les antennes distantes et les personnes en ligne parlent dans une seule file. La répartition des quatre-vingt-dix minutes de 2013 est notre hypothèse ; orateurs et antennes sont inventés.',
			es: 'Qué ha salido hasta ahora del café y de la charla en línea, y qué falta todavía. La sala, los nodos remotos y quienes están en línea hablan en una sola cola. Cómo se repartieron los noventa minutos de 2013 es una suposición nuestra; oradores y nodos son inventados.',
			ru: 'Что дали кафе и беседа в сети и чего ещё не хватает. Зал, удалённые площадки и все, кто в сети, говорят в одной очереди. Как были распределены девяносто минут 2013 года — наше предположение; ораторы и площадки вымышлены.',
			zh: '咖啡馆和线上对话至今的成果,以及尚缺的内容。会场、远程会场和线上参与者在同一队列中发言。2013年九十分钟的安排是我们的假设；发言人和远程会场均为虚构。',
			ar: 'ما نتج عن المقهى وعن الحوار على الإنترنت حتى الآن، وما لا يزال ناقصًا. القاعة والمراكز البعيدة ومن على الإنترنت يتكلمون في صف واحد. وتقسيم الدقائق التسعين في عام 2013 افتراض منا، والمتكلمون والمراكز من الخيال.'
		},
		venue: {
			en: 'Bali International Convention Centre, Nusa Dua',
			fr: 'Centre international de conventions de Bali, Nusa Dua',
			es: 'Centro Internacional de Convenciones de Bali, Nusa Dua',
			ru: 'Международный конгресс-центр Бали, Нуса-Дуа',
			zh: '努沙杜瓦巴厘岛国际会议中心',
			ar: 'مركز بالي الدولي للمؤتمرات، نوسا دوا'
		},
		host: {
			en: 'Internet Governance Forum',
			fr: 'Forum sur la gouvernance de l’Internet',
			es: 'Foro para la Gobernanza de Internet',
			ru: 'Форум по управлению Интернетом',
			zh: '互联网治理论坛',
			ar: 'منتدى إدارة الإنترنت'
		},
		recording: {
			en: 'The session is filmed. Whoever does not want to be seen sits in the last three rows.',
			fr: 'La séance est filmée. Qui ne veut pas être vu s’assied dans les trois derniers rangs.',
			es: 'La sesión se filma. Quien no quiera aparecer se sienta en las tres últimas filas.',
			ru: 'Заседание снимают. Кто не хочет попасть в кадр, садится в последние три ряда.',
			zh: '会议将被拍摄。不愿出镜者请坐最后三排。',
			ar: 'الجلسة مصوَّرة. من لا يريد الظهور يجلس في الصفوف الثلاثة الأخيرة.'
		}
	}
};

/** After the talk, so that there is one to come whenever the example is loaded. */
export const feedback: ExampleEvent = {
	kind: 'meeting',
	starts: '2013-11-08T14:00',
	ends: '2013-11-08T15:30',
	zone: 'Europe/Zurich',
	attribution: 'chatham',
	registration: 'open',
	roomPlaces: 30,
	onlinePlaces: 200,
	languages: ['en', 'fr'],
	interpretation: [],
	remoteLink: 'https://meet.example.org/open-talks-feedback',
	isRecorded: false,
	waitingHours: 24,
	texts: {
		title: {
			en: 'What became of it: reading the draft together',
			fr: 'Ce qu’il en est advenu : lecture commune du projet',
			es: 'Qué resultó: lectura conjunta del borrador',
			ru: 'Что из этого вышло: читаем проект вместе',
			zh: '成果如何:共同审读草案',
			ar: 'ما آلت إليه الأمور: قراءة المسودة معًا'
		},
		description: {
			en: 'The rapporteurs show the draft of the document before it goes to the working group.',
			fr: 'Les rapporteurs présentent le projet de document avant sa transmission au groupe de travail.',
			es: 'Los relatores presentan el borrador del documento antes de enviarlo al grupo de trabajo.',
			ru: 'Докладчики показывают проект документа, прежде чем он уйдёт в рабочую группу.',
			zh: '报告员在文件提交工作组之前介绍草案。',
			ar: 'يعرض المقررون مسودة الوثيقة قبل رفعها إلى فريق العمل.'
		},
		venue: {
			en: 'Room H2, headquarters, Geneva',
			fr: 'Salle H2, siège, Genève',
			es: 'Sala H2, sede, Ginebra',
			ru: 'Зал H2, штаб-квартира, Женева',
			zh: '日内瓦总部 H2 会议室',
			ar: 'القاعة H2، المقر، جنيف'
		}
	}
};

/** Remote hubs of the Town Hall, and the heads that were counted there. */
export const hubs = [
	{ place: 'Nairobi, Lakeside Internet Exchange', region: 'african', headsExpected: 20, heads: 17, zone: 'Africa/Nairobi' },
	{ place: 'Montevideo, Red Sur', region: 'latin-american-caribbean', headsExpected: 15, heads: 11, zone: 'America/Montevideo' }
] as const;
