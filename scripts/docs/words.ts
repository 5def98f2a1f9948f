/** What the pages say beside the spec, in each language. What Redoc itself says is in `labels.zh-CN.json`. */

export const LANGUAGES = ["en", "zh-CN"] as const;
export type Language = (typeof LANGUAGES)[number];

const en = {
  /** Joins the parts of a list, and two sentences. */
  comma: ", ",
  space: " ",
  header: {
    other: "zh-CN",
    otherHref: "zh-CN/index.html",
    otherName: "中文",
    skip: "Skip to content",
    nav: "This site",
    try: "Try it on the stand-in",
    copy: "Copy",
    copied: "Copied",
  },
  versions: (document: string, packaged: string) =>
    `This is version ${document} of the API description. The npm package \`huaweicloud-backup\` counts its own versions; these pages come with ${packaged}.`,
  schemes: { AkSkSignature: "Signing with an access key", XAuthToken: "Calling with a token" },
  before: (errorCodes: string) =>
    `**Before you call.** [Authentication](#/section/authentication), [regions and hosts](#/section/regions-and-hosts), and the [error codes](${errorCodes}) of this call.`,
  errors: {
    title: "Error codes",
    intro:
      "Decide by the status first and by the code second. **Later** means that nothing was started and that the state passes by itself; **look first**, that a backup may have been started, so look at the list of backups before asking again.",
    introOfReads:
      "Decide by the status first and by the code second. **Later** means that the same request may work later. This call starts nothing, so it may be repeated after any answer.",
    service: (name: string) => `**Codes of ${name}**`,
    gateway: "**Codes of the gateway in front of it.** A code with `APIG.` in place of `APIGW.` means the same.",
    columns: ["Status", "Code", "Meaning and what to do", "Ask again?"],
    retry: { never: "No", later: "Later", unknown: "Look first" },
  },
  plain: {
    contents: "Contents",
    deprecated: "deprecated",
    hosts: "Hosts",
    hostColumns: ["Address", "For", "Regions"],
    parameters: "Parameters",
    parameterColumns: ["Name", "In", "Type", "Description"],
    places: { path: "path", query: "query", header: "header" } as Record<string, string>,
    required: "required",
    body: "Request body",
    fieldColumns: ["Field", "Type", "Description"],
    answers: "Responses",
    answerColumns: ["Status", "Meaning", "Headers", "Body"],
    answerBody: (status: string) => `Body of ${status}`,
    noBody: "none",
    example: "Example",
    colon: ": ",
    samples: "Code samples",
    parts: "Bodies and headers of the responses",
    types: {} as Record<string, string>,
    listOf: (type: string) => `list of ${type}`,
    or: " or ",
    default: "default",
    values: "one of",
    pattern: "pattern",
    length: (least: string, most: string) => `${least} to ${most} characters`,
    atMostLong: (most: string) => `at most ${most} characters`,
    atLeastLong: (least: string) => `at least ${least} characters`,
    range: (least: string, most: string) => `${least} to ${most}`,
    atMost: (most: string) => `at most ${most}`,
    atLeast: (least: string) => `at least ${least}`,
  },
};

export type Words = typeof en;

const zh: Words = {
  comma: "、",
  space: "",
  header: {
    other: "en",
    otherHref: "../index.html",
    otherName: "English",
    skip: "跳到正文",
    nav: "本站",
    try: "在本地模拟服务上试用",
    copy: "复制",
    copied: "已复制",
  },
  versions: (document, packaged) =>
    `本文档是API描述的${document}版本。npm软件包\`huaweicloud-backup\`的版本号单独计算，本页面随${packaged}版本提供。`,
  schemes: { AkSkSignature: "使用访问密钥签名", XAuthToken: "使用Token调用" },
  before: (errorCodes) =>
    `**调用之前**：请阅读[认证方式](#/section/authentication)、[区域和终端节点](#/section/regions-and-hosts)和本API的[错误码](${errorCodes})。`,
  errors: {
    title: "错误码",
    intro:
      "请先看状态码，再看错误码。**稍后**表示备份未启动，且该状态会自行消除；**先查备份**表示备份可能已启动，请先查询备份列表，再决定是否重试。",
    introOfReads:
      "请先看状态码，再看错误码。**稍后**表示同一请求稍后重试可能成功。该API只查询，不启动任何操作，收到任何响应后都可以重试。",
    service: (name) => `**${name}的错误码**`,
    gateway: "**API网关的错误码**：前缀为`APIG.`的错误码与`APIGW.`含义相同。",
    columns: ["状态码", "错误码", "含义和处理方法", "可否重试"],
    retry: { never: "否", later: "稍后", unknown: "先查备份" },
  },
  plain: {
    contents: "目录",
    deprecated: "已废弃",
    hosts: "终端节点",
    hostColumns: ["地址", "说明", "区域"],
    parameters: "请求参数",
    parameterColumns: ["参数", "位置", "类型", "说明"],
    places: { path: "路径", query: "查询参数", header: "请求头" },
    required: "必选",
    body: "请求体",
    fieldColumns: ["字段", "类型", "说明"],
    answers: "响应",
    answerColumns: ["状态码", "含义", "响应头", "响应体"],
    answerBody: (status) => `${status}的响应体`,
    noBody: "无",
    example: "示例",
    colon: "：",
    samples: "示例代码",
    parts: "响应体和响应头",
    types: {
      string: "字符串",
      integer: "整数",
      number: "数字",
      boolean: "布尔值",
      object: "对象",
      array: "数组",
      null: "null",
    },
    listOf: (type) => `${type}的数组`,
    or: "或",
    default: "默认值",
    values: "取值范围",
    pattern: "正则表达式",
    length: (least, most) => `${least}~${most}个字符`,
    atMostLong: (most) => `最多${most}个字符`,
    atLeastLong: (least) => `至少${least}个字符`,
    range: (least, most) => `${least}~${most}`,
    atMost: (most) => `不超过${most}`,
    atLeast: (least) => `不小于${least}`,
  },
};

export const WORDS: Record<Language, Words> = { en, "zh-CN": zh };
