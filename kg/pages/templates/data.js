Gazette.receive({{ name|tojson }}, {{ value|tojson }});
