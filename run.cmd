@echo off
rem Windows compiles and is untested.
dotnet build "%~dp0backend\src\Storefront.Local" -c Release -v quiet --nologo || exit /b 1
dotnet "%~dp0artifacts\bin\Storefront.Local\release\Storefront.Local.dll" %*
