import type { SheetKind } from '#sheets/sheet.ts';

/** What a column may say; its name for people is the message `sheets.field-<field>`. */
export const fieldsOf = {
	ideas: [
		'point',
		'explanation',
		'sources',
		'question',
		'language',
		'author',
		'organisation',
		'groups',
		'country',
		'region',
		'id'
	],
	submissions: [
		...['title', 'text', 'abstract', 'keywords', 'question', 'language', 'author', 'organisation', 'groups', 'country'],
		...['region', 'id']
	],
	invitations: ['email', 'role', 'groups', 'region', 'organisation', 'language'],
	organisations: ['name', 'aliases', 'kind', 'country', 'parent', 'memberships']
} as const satisfies Record<SheetKind, readonly string[]>;

export type Field = (typeof fieldsOf)[SheetKind][number];

/** Without which a row says nothing. */
export const requiredFields: Readonly<Record<SheetKind, readonly Field[]>> = {
	ideas: ['point'],
	submissions: ['title', 'text'],
	invitations: ['email'],
	organisations: ['name']
};

export function isFieldOf(kind: SheetKind, text: unknown): text is Field {
	return (fieldsOf[kind] as readonly unknown[]).includes(text);
}

/** What columns are called beside the names that our pages and exports give them, in the six languages. */
export const otherNames: Readonly<Partial<Record<Field, string>>> = {
	point:
		'idea|text|idea text|statement|proposal|comment|comment-body|recommendation|idée|texte|proposition|recommandation|texto|propuesta|recomendación|идея|текст|предложение|想法|观点|建议|فكرة|مقترح',
	explanation:
		'details|description|reasons|rationale|détails|description|motifs|detalles|descripción|razones|подробности|описание|说明|详情|التفاصيل|الوصف',
	sources: 'source|references|links|link|références|liens|référence|fuentes|referencias|enlaces|ссылки|链接|参考|المراجع|الروابط',
	question: 'guiding question|question number|question no|nº de question|número de pregunta|номер вопроса|问题编号|رقم السؤال',
	language: 'lang|locale|langue|idioma|lengua|语种|اللغة',
	author:
		'name|author name|full name|submitted by|entitled by|nom|auteur|autrice|nombre|autor|autora|автор|имя|фио|姓名|作者|الاسم|المؤلف',
	organisation:
		'organization|company|institution|entity|affiliation|organisme|entité|organización|entidad|institución|учреждение|компания|机构|单位|المنظمة|المؤسسة|الجهة',
	groups: 'group|stakeholder group|stakeholder|sector|groupe|secteur|grupo|sector|группа|сектор|组别|类别|الفئة|القطاع|المجموعة',
	country: 'country code|nation|pays|país|страна|国家|الدولة|البلد',
	region: 'regional group|région|región|регион|地区|区域|المنطقة|الإقليم',
	id: 'identifier|no|number|nr|ref|reference|key|comment-id|identifiant|numéro|n°|identificador|número|номер|ид|编号|序号|المعرف|الرقم',
	title: 'heading|subject|titre|objet|título|asunto|название|заголовок|тема|标题|题目|العنوان',
	text: 'full text|body|content|submission|contribution|document|texte|contenu|texto|contenido|текст|содержание|正文|全文|内容|النص',
	abstract: 'summary|résumé|resumen|аннотация|резюме|摘要|概要|الملخص',
	keywords: 'tags|mots clés|mots-clés|palabras clave|ключевые слова|关键词|الكلمات المفتاحية',
	email:
		'mail|e mail|email address|e-mail address|address|courriel|adresse électronique|correo|correo electrónico|электронная почта|эл почта|почта|邮箱|电子邮件|البريد|البريد الإلكتروني',
	role: 'function|rôle|rol|función|роль|角色|职责|الدور',
	name: 'organisation|organization|organisation name|organization name|official name|nom|nombre|организация|наименование|название|名称|机构名称|الاسم|اسم المنظمة',
	aliases:
		'other names|alias|acronym|abbreviation|autres noms|sigle|acronyme|otros nombres|sigla|siglas|сокращение|别名|简称|أسماء أخرى|الاختصار',
	kind: 'type|category|genre|catégorie|tipo|categoría|вид|тип|类型|种类|النوع',
	parent:
		'parent organisation|parent organization|part of|under|organisation mère|matriz|вышестоящая организация|上级机构|المنظمة الأم',
	memberships: 'membership|member type|adhésion|statut de membre|membresía|calidad de miembro|членство|会员类别|成员身份|العضوية'
};
