// Tables as files: {name, head: [text], kinds: [kind], rows: [[value]]}; a value is a number, a text or null.
const ltvFiles = () => {
  'use strict';
  const bytes = text => new TextEncoder().encode(text);

  // as the CSV of reports: a text that a spreadsheet would run has an apostrophe before it
  function field(value) {
    if (value === null || value === undefined) return '';
    if (typeof value === 'number') return plain(value);
    const text = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? "'" + value : value;
    return /[",\r\n']|^\s|\s$/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }

  function plain(number) {
    const text = String(number);
    return text.includes('e') ? number.toFixed(12).replace(/\.?0+$/, '') : text;
  }

  const csv = table => bytes('\ufeff' + [table.head, ...table.rows].map(row => row.map(field).join(',') + '\r\n').join(''));

  const escaped = text => text.toWellFormed ? clean(text.toWellFormed()) : clean(text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd'));
  // XML has no place for control characters
  const clean = text => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

  function column(n) {
    return (n >= 26 ? column(Math.floor(n / 26) - 1) : '') + String.fromCharCode(65 + n % 26);
  }

  const styles = { text: 0, head: 1, headRight: 2, count: 3, money: 4, percent: 5, number: 6 };

  function cell(value, r, c, style) {
    if (value === null || value === undefined) return '';
    const at = ` r="${column(c)}${r}" s="${style}"`;
    return typeof value === 'number' ? `<c${at}><v>${value}</v></c>` : `<c${at} t="inlineStr"><is><t xml:space="preserve">${escaped(value.slice(0, 32767))}</t></is></c>`;
  }

  function sheet(table) {
    const isText = c => table.kinds[c] === 'text';
    const rows = [table.head.map((text, c) => cell(text, 1, c, isText(c) ? styles.head : styles.headRight))];
    table.rows.forEach((row, r) => rows.push(row.map((value, c) => cell(value, r + 2, c, typeof value === 'number' ? styles[table.kinds[c]] : styles.text))));
    return '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
      + '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="1" topLeftCell="B2" state="frozen"/></sheetView></sheetViews>'
      + `<cols>${table.head.map((_, c) => `<col min="${c + 1}" max="${c + 1}" width="${c ? 16 : 34}" customWidth="1"/>`).join('')}</cols>`
      + `<sheetData>${rows.map((row, r) => `<row r="${r + 1}">${row.join('')}</row>`).join('')}</sheetData><pageSetup orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`;
  }

  const stylesheet = money => '<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    + `<numFmts count="2"><numFmt numFmtId="164" formatCode="${escaped(money)}"/><numFmt numFmtId="165" formatCode="0.0%"/></numFmts>`
    + '<fonts count="2"><font><sz val="10"/><name val="맑은 고딕"/></font><font><b/><sz val="10"/><name val="맑은 고딕"/></font></fonts>'
    + '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    + '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    + '<cellXfs count="7"><xf fontId="0"/><xf fontId="1" applyFont="1" applyAlignment="1"><alignment wrapText="1"/></xf>'
    + '<xf fontId="1" applyFont="1" applyAlignment="1"><alignment horizontal="right" wrapText="1"/></xf>'
    + [3, 164, 165, 4].map(format => `<xf fontId="0" numFmtId="${format}" applyNumberFormat="1"/>`).join('') + '</cellXfs></styleSheet>';

  const table = Uint32Array.from({ length: 256 }, (_, n) => {
    for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n;
  });
  const crc = data => ~data.reduce((c, b) => table[(c ^ b) & 255] ^ (c >>> 8), -1) >>> 0;

  // entries are stored as they are: no compression is needed, and none differs between browsers
  function zip(files) {
    const parts = [], directory = [];
    let offset = 0;
    const little = (...fields) => fields.flatMap(([value, size]) => Array.from({ length: size }, (_, i) => (value >>> (8 * i)) & 255));
    for (const [path, text] of files) {
      const name = bytes(path), data = bytes(text);
      const common = [[20, 2], [0x800, 2], [0, 2], [0, 2], [0x41, 2], [crc(data), 4], [data.length, 4], [data.length, 4], [name.length, 2], [0, 2]];
      const head = Uint8Array.from([...little([0x04034b50, 4], ...common), ...name]);
      directory.push(Uint8Array.from([...little([0x02014b50, 4], [20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), ...name]));
      parts.push(head, data);
      offset += head.length + data.length;
    }
    const size = directory.reduce((n, entry) => n + entry.length, 0);
    const end = Uint8Array.from(little([0x06054b50, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [size, 4], [offset, 4], [0, 2]));
    return new Blob([...parts, ...directory, end], { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
  }

  function xlsx(tables, money) {
    const main = 'http://schemas.openxmlformats.org/', office = main + 'officeDocument/2006/relationships';
    const head = '<?xml version="1.0" encoding="UTF-8"?>', type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.';
    const list = make => tables.map((t, i) => make(t, i + 1)).join('');
    return zip([
      ['[Content_Types].xml', head + `<Types xmlns="${main}package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`
        + `<Override PartName="/xl/workbook.xml" ContentType="${type}sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}styles+xml"/>`
        + list((t, i) => `<Override PartName="/xl/worksheets/sheet${i}.xml" ContentType="${type}worksheet+xml"/>`) + '</Types>'],
      ['_rels/.rels', head + `<Relationships xmlns="${main}package/2006/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
      ['xl/workbook.xml', head + `<workbook xmlns="${main}spreadsheetml/2006/main" xmlns:r="${office}"><sheets>`
        + list((t, i) => `<sheet name="${escaped(t.name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31))}" sheetId="${i}" r:id="r${i}"/>`) + '</sheets></workbook>'],
      ['xl/_rels/workbook.xml.rels', head + `<Relationships xmlns="${main}package/2006/relationships">`
        + list((t, i) => `<Relationship Id="r${i}" Type="${office}/worksheet" Target="worksheets/sheet${i}.xml"/>`)
        + `<Relationship Id="r${tables.length + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`],
      ['xl/styles.xml', stylesheet(money)],
      ...tables.map((t, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheet(t)])
    ]);
  }

  function save(name, blob) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  return { csv: (name, t) => save(name, new Blob([csv(t)], { type: 'text/csv' })), xlsx: (name, tables, money) => save(name, xlsx(tables, money)) };
};
