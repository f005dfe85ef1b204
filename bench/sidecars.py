"""What dbt-metabase and Tableau's own library make of the BI files: sidecars.py FOLDER PORT PASSWORD.

Metabase is played by a server that knows the tables of the real MariaDB and takes what it is told.
"""
import glob
import http.server
import json
import logging
import sys
import threading

import pymysql
from dbtmetabase import DbtMetabase
from tableaudocumentapi import Datasource

folder, port, password = sys.argv[1], int(sys.argv[2]), sys.argv[3]
told = {}


def tables():
    connection = pymysql.connect(host='127.0.0.1', port=port, user='ltv_reader', password=password, database='ltv_mart')
    with connection.cursor() as cursor:
        cursor.execute(
            'select table_name, column_name from information_schema.columns where table_schema = "ltv_mart" order by table_name, ordinal_position')
        found = {}
        for table, column in cursor.fetchall():
            found.setdefault(table, []).append(column)
    field = iter(range(1, 100_000))
    return [
        {'id': number, 'name': name, 'display_name': name, 'description': None, 'schema': '', 'visibility_type': None, 'points_of_interest': None, 'caveats': None,
         'fields': [{'id': next(field), 'name': column, 'display_name': column, 'description': None, 'semantic_type': None, 'visibility_type': 'normal',
                     'has_field_values': 'auto-list', 'coercion_strategy': None, 'fk_target_field_id': None, 'settings': None, 'position': at, 'table_id': number}
                    for at, column in enumerate(columns)]}
        for number, (name, columns) in enumerate(found.items(), 1)
    ]


class Metabase(http.server.BaseHTTPRequestHandler):
    tables = tables()

    def answer(self, body):
        text = json.dumps(body).encode()
        self.send_response(200)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_GET(self):
        path = self.path.split('?')[0]
        if path == '/api/database':
            self.answer({'data': [{'id': 1, 'name': 'marts'}]})
        elif path.startswith('/api/database/1/metadata'):
            self.answer({'id': 1, 'engine': 'mysql', 'details': {'dbname': 'ltv_mart'}, 'tables': self.tables})
        else:
            self.answer({})

    def do_POST(self):
        self.answer({'id': 'session', 'status': 'ok'})

    def do_PUT(self):
        told[self.path] = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
        self.answer({})

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Metabase)
threading.Thread(target=server.serve_forever, daemon=True).start()
logging.getLogger('dbtmetabase').setLevel(logging.ERROR)
for language in ('ko', 'en'):
    told.clear()
    DbtMetabase(
        manifest_path=f'{folder}/{language}/manifest.json',
        metabase_url=f'http://127.0.0.1:{server.server_port}',
        metabase_api_key='key',
    ).export_models(metabase_database='marts')
    fields = [body for path, body in told.items() if path.startswith('/api/field/')]
    meanings = sum('semantic_type' in body for body in fields)
    print(f'Metabase {language}: dbt-metabase tells {sum(path.startswith("/api/table/") for path in told)} tables and {len(fields)} columns, {meanings} with a meaning')
    assert fields and meanings

files = fields = numbers = 0
for path in sorted(glob.glob(f'{folder}/*/tableau/*.tds')):
    source = Datasource.from_file(path)
    files += 1
    fields += len(source.fields)
    numbers += sum(field.calculation is not None for field in source.fields.values())
    connection = source.connections[0]
    assert (connection.dbname, connection.username, connection.dbclass) == ('ltv_mart', 'ltv_reader', 'mysql'), path
print(f"Tableau: its library reads {files} data sources with {fields} fields, {numbers} of them computed")
