def app(environ, start_response):
    line = "9" * 4301
    print(f'Timeout (now)\n  File "/x/fieldguide-1/app.py", line {line} in app', flush=True)
    while True:
        pass
