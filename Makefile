# The same as dev.py, for those who like make. On Windows: py dev.py practice, py dev.py test, py dev.py check.
.PHONY: practice test check benchmark translations
practice test check benchmark translations:
	python3 dev.py $@
