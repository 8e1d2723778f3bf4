@echo off
rem Windows compiles and is untested.
dotnet build "%~dp0Roadworthy.slnx" -c Release -v quiet --nologo || exit /b 1
dotnet test --solution "%~dp0Roadworthy.slnx" -c Release --no-build --max-parallel-test-modules 1 --ignore-exit-code 8 --filter-not-trait "Category=Long"
