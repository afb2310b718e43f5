/** Words of the field in six languages, from which texts of benchmarks are put together. */
export const vocabulary = {
	en: 'governments should publish open networks rules with every community access data protection transparency standards security children schools rural connectivity affordable spectrum minority languages consultation accountability developing countries training engineers courts privacy human rights critical resources emergency participation remote meetings documents deadlines'.split(
		' '
	),
	fr: 'gouvernements doivent publier réseaux ouverts règles avec chaque communauté accès données protection transparence normes sécurité enfants écoles rurales connectivité abordable spectre langues minoritaires consultation responsabilité pays développement formation ingénieurs tribunaux vie privée droits ressources urgence participation distance réunions documents délais'.split(
		' '
	),
	es: 'gobiernos deben publicar redes abiertas reglas con cada comunidad acceso datos protección transparencia normas seguridad niños escuelas rurales conectividad asequible espectro lenguas minoritarias consulta responsabilidad países desarrollo formación ingenieros tribunales privacidad derechos recursos emergencia participación remota reuniones documentos plazos'.split(
		' '
	),
	ru: 'правительства должны публиковать открытые сети правила каждым сообществом доступ данные защита прозрачность стандарты безопасность дети школы сельские связь доступная спектр языки меньшинств консультации подотчётность страны развитие обучение инженеры суды частная жизнь права ресурсы чрезвычайные участие удалённое совещания документы сроки'.split(
		' '
	),
	zh: '政府 应当 公布 开放 网络 规则 每个 社区 接入 数据 保护 透明 标准 安全 儿童 学校 农村 连接 可负担 频谱 少数 语言 磋商 问责 发展中 国家 培训 工程师 法院 隐私 人权 资源 紧急 参与 远程 会议 文件 期限'.split(
		' '
	),
	ar: 'الحكومات ينبغي نشر الشبكات المفتوحة القواعد كل مجتمع النفاذ البيانات حماية الشفافية المعايير الأمن الأطفال المدارس الريفية التوصيلية الميسورة الطيف لغات الأقليات التشاور المساءلة البلدان النامية تدريب المهندسين المحاكم الخصوصية حقوق الموارد الطوارئ المشاركة بعد الاجتماعات الوثائق المواعيد'.split(
		' '
	)
} as const satisfies Record<string, readonly string[]>;

export type BenchLanguage = keyof typeof vocabulary;
