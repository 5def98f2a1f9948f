/** The small pieces of HTML of the plain rendering, and its Markdown. */
import { Marked, type Tokens } from "marked";

/** As `headings.ts` writes it behind a heading. */
const NAME = / \{% id="([^"]+)" %\}$/;

const marked = new Marked({
  renderer: {
    heading({ depth, text }: Tokens.Heading): string {
      const { id, title } = nameOf(text);
      return `<h${depth}${id === undefined ? "" : ` id="/${id}"`}>${marked.parseInline(title)}</h${depth}>\n`;
    },
    code({ text }: Tokens.Code): string {
      return `${pre(text)}\n`;
    },
    /** An error code is the place that it leads to. */
    link({ href, tokens }: Tokens.Link): string | false {
      const address = escapeHtml(href.slice(1));
      return (
        href.includes("/error-codes/") && `<a id="${address}" href="#${address}">${this.parser.parseInline(tokens)}</a>`
      );
    },
    table({ header, rows }: Tokens.Table): string {
      const columns = header.map(({ text }) => text);
      return table(
        columns,
        rows.map((cells) => cells.map(({ tokens }) => this.parser.parseInline(tokens))),
      );
    },
  },
});

export function markdown(text: string): string {
  return marked.parse(text, { async: false }).trim();
}

/** The headings of the highest level in a text, by where they are on the page. */
export function headings(text: string): { id: string; title: string }[] {
  return marked.lexer(text).flatMap((token) => {
    if (token.type !== "heading" || token["depth"] !== 2) {
      return [];
    }
    const { id = "", title } = nameOf(token["text"]);
    return [{ id: `/${id}`, title }];
  });
}

function nameOf(text: string): { id: string | undefined; title: string } {
  return { id: NAME.exec(text)?.[1], title: text.replace(NAME, "") };
}

/** The class names are Redoc's, so that one style is for both. Each cell tells its column: on a narrow screen a row is a card. */
export function table(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  ids: readonly string[] = [],
): string {
  const head = columns.map((column) => `<th>${escapeHtml(column)}</th>`).join("");
  const body = rows.map((cells, row) => {
    const shown = cells.map((cell, index) => `<td data-label="${escapeHtml(columns[index] ?? "")}">${cell}</td>`);
    const id = ids[row];
    return `<tr${id === undefined ? "" : ` id="${escapeHtml(id)}"`}>${shown.join("")}</tr>`;
  });
  return `<div class="md-table-wrapper"><table class="md"><thead><tr>${head}</tr></thead>\n<tbody>${body.join("\n")}</tbody></table></div>`;
}

export const pre = (text: string): string => `<pre>${escapeHtml(text.trimEnd())}</pre>`;

export const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;

export const link = (id: string, text: string): string => `<a href="#${id}">${escapeHtml(text)}</a>`;

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
